import { addQuantities, compareQuantities, formatQuantity } from '../../../../../api/machinery/quantity.ts';
import type { Container, Pod } from '../../../../../api/schema/generated/types.ts';

export type Amounts = Readonly<Record<string, string>>;

/** What a pod asks for, or may use at most, in all: containers and sidecars together, or its greediest init container. */
export function podAmounts({ spec }: Pod, which: 'requests' | 'limits'): Amounts {
  const of = (container: Container): Amounts => (container.resources?.[which] ?? {}) as Amounts;
  let total = (spec?.containers ?? []).map(of).reduce(addAmounts, {});
  let sidecars: Amounts = {};
  let greediest: Amounts = {};
  for (const container of spec?.initContainers ?? []) {
    if (container.restartPolicy === 'Always') {
      total = addAmounts(total, of(container));
      sidecars = addAmounts(sidecars, of(container));
      greediest = maxAmounts(greediest, sidecars);
    } else greediest = maxAmounts(greediest, addAmounts(of(container), sidecars));
  }
  const own = { ...maxAmounts(total, greediest), ...((spec?.resources?.[which] ?? {}) as Amounts) };
  return spec?.overhead ? addAmounts(own, spec.overhead as Amounts) : own;
}

export const addAmounts = (a: Amounts, b: Amounts): Amounts => combined(a, b, (x, y) => formatQuantity(addQuantities(x, y)));
const maxAmounts = (a: Amounts, b: Amounts): Amounts => combined(a, b, (x, y) => (compareQuantities(x, y) >= 0 ? x : y));

function combined(a: Amounts, b: Amounts, merge: (x: string, y: string) => string): Amounts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      a[name] === undefined ? String(b[name]) : b[name] === undefined ? String(a[name]) : merge(String(a[name]), String(b[name])),
    ]),
  );
}
