import { isPlainObject } from '../../../api/machinery/json.ts';

/** `spec.containers.[name=web].env.0.value`, `metadata.annotations.a\.b/c`: dots separate, escaped or bracketed ones do not. */
export const splitPlace = (path: string): string[] =>
  (path.match(/(?:\[[^\]]*\]|\\.|[^.[\\]|\[)+/g) ?? [])
    .flatMap((part) => (part.startsWith('[') ? [part] : part.split(/(?=\[[^\]]*=[^\]]*\]$)/)))
    .map((part) => part.replace(/\\(.)/g, '$1').replace(/^\[([^=\]]*)\]$/, '$1'));

export function valueAtPlace(object: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return object;
  if (Array.isArray(object)) return valueAtPlace(object[indexesOf(object, step)[0] ?? -1], rest);
  return isPlainObject(object) ? valueAtPlace(object[step], rest) : undefined;
}

function indexesOf(list: readonly unknown[], step: string): number[] {
  if (step === '*') return list.map((_, index) => index);
  if (/^\d+$/.test(step)) return Number(step) < list.length ? [Number(step)] : [];
  const [, key = '', value = ''] = /^\[(.*?)=(.*)\]$/.exec(step) ?? [];
  return list.flatMap((item, index) => ((key ? isPlainObject(item) && String(item[key]) === value : String(item) === value) ? [index] : []));
}

export interface PlaceChange {
  /** Make what is missing on the way. */
  readonly create: boolean;
  change(value: unknown): unknown;
}

/** Changes every value at the path; says how many there were. */
export function changePlaces(object: unknown, path: readonly string[], options: PlaceChange): number {
  const [step = '', ...rest] = path;
  if (Array.isArray(object)) {
    let count = 0;
    for (const index of indexesOf(object, step)) count += changeAt(object, index, rest, options);
    return count;
  }
  if (!isPlainObject(object)) return 0;
  if (step === '*') return Object.keys(object).reduce((count, key) => count + changeAt(object, key, rest, options), 0);
  if (object[step] === undefined) {
    if (!options.create) return 0;
    object[step] = rest.length > 0 ? {} : '';
  }
  return changeAt(object, step, rest, options);
}

function changeAt(holder: unknown[] | Record<string, unknown>, key: string | number, rest: readonly string[], options: PlaceChange): number {
  const fields = holder as Record<string | number, unknown>;
  if (rest.length > 0) return changePlaces(fields[key], rest, options);
  fields[key] = options.change(fields[key]);
  return 1;
}
