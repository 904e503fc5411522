import type { Container, ObjectMeta, PodSpec } from '../../../api/schema/generated/types.ts';

/** What a check holds against a pod: a short reason, and the detail in brackets. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

export interface CheckedPod {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
}

/** One rule of the Pod Security Standards. */
export interface Check {
  readonly level: 'baseline' | 'restricted';
  /** A rule of the other level that this one contains. */
  readonly replaces?: string;
  readonly id: string;
  /** The minor version since which it holds. */
  readonly since?: number;
  readonly run: (pod: CheckedPod, minor: number) => Violation | undefined;
}

export const quoted = (names: Iterable<string>): string => [...names].map((name) => JSON.stringify(name)).join(', ');
export const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
export const plural = (one: string, many: string, count: number): string => (count === 1 ? one : many);

export const containersText = (names: readonly string[]): string => `${plural('container', 'containers', names.length)} ${quoted(names)}`;

/** Init containers first, then containers, then ephemeral ones, as upstream visits them. */
export const containersOf = ({ initContainers = [], containers, ephemeralContainers = [] }: PodSpec): readonly Container[] => [
  ...initContainers,
  ...containers,
  ...(ephemeralContainers as unknown as readonly Container[]),
];

export const namesWhere = (spec: PodSpec, bad: (container: Container) => boolean): string[] =>
  containersOf(spec)
    .filter(bad)
    .map(({ name }) => name);

export const isWindows = ({ os }: PodSpec): boolean => os?.name === 'windows';
/** A pod in a user namespace of its own may do as root what others may not. */
export const hasOwnUsers = ({ hostUsers }: PodSpec): boolean => hostUsers === false;

/** `pod and container "a"`: who set something to a forbidden value. */
export function settersText(podIsBad: boolean, names: readonly string[]): string {
  return [...(podIsBad ? ['pod'] : []), ...(names.length > 0 ? [containersText(names)] : [])].join(' and ');
}
