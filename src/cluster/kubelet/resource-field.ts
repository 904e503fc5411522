import type { Container, Node, Pod, ResourceFieldSelector } from '../../api/schema/generated/types.ts';

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity as a plain number: cores, bytes. */
export function amountOf(quantity: string | number | undefined): number {
  if (quantity === undefined) return 0;
  const match = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(String(quantity));
  return match ? Number(match[1]) * (SUFFIXES[match[2] ?? ''] ?? 1) : 0;
}

/** A resourceFieldRef's value: whole units of its divisor, rounded up; the node's allocatable where no limit is set. */
export function resourceFieldValue(pod: Pod, container: Container, ref: ResourceFieldSelector, node: Node | undefined): string {
  const named = ref.containerName ? allContainers(pod).find((c) => c.name === ref.containerName) : container;
  const [kind = '', ...rest] = ref.resource.split('.');
  const resource = rest.join('.');
  const limit = named?.resources?.limits?.[resource] ?? node?.status?.allocatable?.[resource];
  const quantity = kind === 'requests' ? named?.resources?.requests?.[resource] : limit;
  const divisor = amountOf(ref.divisor);
  return String(Math.ceil(round(amountOf(quantity) / (divisor === 0 ? 1 : divisor))));
}

const round = (value: number) => Math.round(value * 1e6) / 1e6;

export const allContainers = (pod: Pod): Container[] => [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
