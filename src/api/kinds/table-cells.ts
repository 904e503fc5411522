import type { Container } from '../schema/generated/types.ts';

type Labels = Readonly<Record<string, string>>;

export const NONE = '<none>';
export const UNSET = '<unset>';

/** `a=b,c=d`, sorted; `<none>` without any. */
export function labelsCell(labels: Labels | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.length > 0 ? pairs.sort().join(',') : NONE;
}

/** The names and the images of the containers, each on one line. */
export function containerCells(containers: readonly Container[] | undefined): [string, string] {
  const list = containers ?? [];
  return [list.map(({ name }) => name).join(','), list.map(({ image }) => image ?? '').join(',')];
}

/** The first `max` of a list, and how many more there are. */
export function shortened(list: readonly string[], max: number, separator = ','): string {
  const text = list.slice(0, max).join(separator);
  return list.length > max ? `${text} + ${list.length - max} more...` : text;
}

const MODES: readonly (readonly [string, string])[] = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
];

export const accessModesCell = (modes: readonly string[] | undefined): string =>
  MODES.filter(([mode]) => modes?.includes(mode))
    .map(([, short]) => short)
    .join(',');

/** Addresses or names that a load balancer has given, sorted. */
export const loadBalancerCell = (ingress: readonly { readonly ip?: string; readonly hostname?: string }[] | undefined): string =>
  [...new Set((ingress ?? []).map(({ ip, hostname }) => ip || hostname || '').filter(Boolean))].sort().join(',');

export const yesOrNo = (value: boolean): string => (value ? 'True' : 'False');
