import { quantityMilli, quantityValue } from '../../../../api/machinery/quantity.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';

export interface Usage {
  readonly cpu?: string;
  readonly memory?: string;
}

export interface Metrics {
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly timestamp?: string;
  readonly usage?: Usage;
  readonly containers?: readonly { readonly name: string; readonly usage: Usage }[];
}

/** What the metrics server knows of nodes or pods. */
export async function fetchMetrics(kubectl: Invocation, path: string, query: Readonly<Record<string, string>>): Promise<readonly Metrics[]> {
  const served = (await kubectl.mapper).all.some(({ group }) => group === 'metrics.k8s.io');
  if (!served) throw new UsageError('Metrics API not available');
  const found = await kubectl.api.get(`/apis/metrics.k8s.io/v1beta1/${path}`, query);
  return (Array.isArray(found.items) ? found.items : [found]) as unknown as readonly Metrics[];
}

export const milliCpu = (usage: Usage | undefined): number => quantityMilli(String(usage?.cpu ?? '0'));
export const bytes = (usage: Usage | undefined): number => quantityValue(String(usage?.memory ?? '0'));
export const cpuText = (milli: number): string => `${milli}m`;
export const memoryText = (value: number): string => `${Math.trunc(value / 1024 ** 2)}Mi`;

export function checkSortBy(by: string): void {
  if (!['', 'cpu', 'memory'].includes(by)) throw new UsageError('--sort-by accepts only cpu or memory');
}

/** Greediest first by cpu or memory, else by name. */
export function sortedBy<T>(
  things: readonly T[],
  by: string,
  read: { name(thing: T): string; cpu(thing: T): number; memory(thing: T): number },
): T[] {
  if (by === 'cpu') return [...things].sort((a, b) => read.cpu(b) - read.cpu(a));
  if (by === 'memory') return [...things].sort((a, b) => read.memory(b) - read.memory(a));
  return [...things].sort((a, b) => (read.name(a) < read.name(b) ? -1 : 1));
}
