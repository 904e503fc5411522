import { isPlainObject } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';

/** Hides the data of two versions of a secret, but not which keys differ. A version that does not exist is null. */
export function maskSecrets(from: KubeObject | undefined, to: KubeObject | undefined): [KubeObject | null, KubeObject | null] {
  const [before, after] = [dataOf(from), dataOf(to)];
  return [masked(from, before, after, '*** (before)'), masked(to, after, before, '*** (after)')];
}

const dataOf = (object: KubeObject | undefined): Readonly<Record<string, unknown>> => (isPlainObject(object?.data) ? object.data : {});

function masked(
  object: KubeObject | undefined,
  own: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
  differing: string,
): KubeObject | null {
  if (!object) return null;
  if (!isPlainObject(object.data)) return object;
  const mask = (key: string) => (key in other && own[key] !== other[key] ? differing : '***');
  return { ...object, data: Object.fromEntries(Object.keys(own).map((key) => [key, mask(key)])) };
}
