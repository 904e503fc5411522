import type { KubeObject } from '../../api/machinery/object.ts';
import type { Outcome, Subject } from './contract.ts';
import { contains, failed, passed } from './outcomes.ts';
import { valueAt } from './value-at.ts';

/** What was asked for: a kind as kubectl names it, and where. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export const describeReference = ({ kind, name, namespace }: Reference): string =>
  `${kind.toLowerCase()}/${name}${namespace ? ` -n ${namespace}` : ''}`;

export const lookAt = ({ kind, name, namespace }: Reference): string =>
  `kubectl${namespace ? ` -n ${namespace}` : ''} get ${kind.toLowerCase()} ${name} -o yaml`;

export function subject(reference: Reference, object: KubeObject | undefined): Subject {
  const name = describeReference(reference);
  const look = lookAt(reference);
  const missing = () => failed('missing', name, { look });
  const compare = (aspect: string, expected: unknown, actual: unknown): Outcome =>
    contains(actual, expected) ? passed : failed('different', name, { aspect, expected, actual: actual ?? null, look });
  return {
    object,
    has: (path, expected) => (object ? compare(path, expected, valueAt(object, path)) : missing()),
    lacks(path) {
      if (!object) return missing();
      const actual = valueAt(object, path);
      return actual === undefined ? passed : failed('unexpected', name, { aspect: path, actual, look });
    },
    where: (aspect, expected, test) => (object ? compare(aspect, expected, test(object)) : missing()),
    exists: () => (object ? passed : missing()),
    absent: () => (object ? failed('unexpected', name, { look }) : passed),
  };
}
