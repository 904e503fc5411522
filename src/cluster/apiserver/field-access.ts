import type { KubeObject } from '../../api/machinery/object.ts';

const steps = (path: string): string[] => path.replace(/^\./, '').split('.');

export function valueAt(object: unknown, path: string): unknown {
  return steps(path).reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    object,
  );
}

export function numberAt(object: unknown, path: string): number | undefined {
  const value = valueAt(object, path);
  return typeof value === 'number' ? value : undefined;
}

/** A copy of the object with one field set. */
export function withValueAt(object: KubeObject, path: readonly string[], value: unknown): KubeObject {
  return set(object, path, value) as KubeObject;
}

function set(target: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const record = typeof target === 'object' && target !== null ? (target as Record<string, unknown>) : {};
  return { ...record, [key]: set(record[key], rest, value) };
}
