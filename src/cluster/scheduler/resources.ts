import { quantityMilli, quantityValue } from '../../api/machinery/quantity.ts';
import type { Container } from '../../api/schema/generated/types.ts';
import type { Node, Pod } from '../controllers/objects.ts';

/** Amounts by resource name: cpu in thousandths, all else in whole units. */
export type Amounts = Readonly<Record<string, number>>;

const NON_ZERO: Amounts = { cpu: 100, memory: 200 * 1024 * 1024 };
const NONE: Amounts = {};

const parsed = new Map<string, number>();

export function amountOf(resource: string, quantity: string | number): number {
  const key = `${resource === 'cpu' ? 'm' : 'v'}${quantity}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const value = resource === 'cpu' ? quantityMilli(String(quantity)) : quantityValue(String(quantity));
  if (parsed.size > 5_000) parsed.clear();
  parsed.set(key, value);
  return value;
}

export function amounts(list: Readonly<Record<string, string>> | undefined): Amounts {
  if (!list) return NONE;
  return Object.fromEntries(Object.entries(list).map(([name, quantity]) => [name, amountOf(name, quantity)]));
}

export function add(a: Amounts, b: Amounts): Amounts {
  const sum: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + amount;
  return sum;
}

export function subtract(a: Amounts, b: Amounts): Amounts {
  const rest: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) rest[name] = (rest[name] ?? 0) - amount;
  return rest;
}

function max(a: Amounts, b: Amounts): Amounts {
  const most: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) most[name] = Math.max(most[name] ?? 0, amount);
  return most;
}

/** What a pod asks for: containers and sidecars together, or the hungriest moment of its start, and its overhead. */
export const podRequests = ({ spec }: Pod): Amounts => total(spec, requestsOf);

/** The same with small amounts assumed where a container names none, so that scores tell pods without requests apart. */
export const podNonZeroRequests = ({ spec }: Pod): Amounts => total(spec, (container) => ({ ...NON_ZERO, ...requestsOf(container) }));

const requestsOf = ({ resources }: Container): Amounts => amounts(resources?.requests);

function total(spec: Pod['spec'], requests: (container: Container) => Amounts): Amounts {
  let running = (spec?.containers ?? []).map(requests).reduce(add, NONE);
  let starting: Amounts = NONE;
  let sidecars: Amounts = NONE;
  for (const container of spec?.initContainers ?? []) {
    const asked = requests(container);
    if (container.restartPolicy === 'Always') {
      running = add(running, asked);
      sidecars = add(sidecars, asked);
      starting = max(starting, sidecars);
    } else starting = max(starting, add(asked, sidecars));
  }
  const podLevel = amounts(spec?.resources?.requests);
  return add({ ...max(running, starting), ...podLevel }, amounts(spec?.overhead));
}

export const allocatable = ({ status }: Node): Amounts => amounts(status?.allocatable);
