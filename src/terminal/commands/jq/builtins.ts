import { linearRegex } from '../linear-regex.ts';
import { strftime } from '../strftime.ts';
import { evaluate, type Located, locate, paths, type Scope } from './evaluate.ts';
import { toText } from './formats.ts';
import { PRELUDE } from './prelude.ts';
import { type Filter, JqError, JqSyntaxError, type Json } from './syntax.ts';
import { add, compare, deletePath, described, getPath, isArray, isObject, type Path, setPath, truthy, typeName } from './values.ts';

type Results = Generator<Located>;

export function* builtin(name: string, args: readonly Filter[], input: Located, scope: Scope): Results {
  const key = `${name}/${args.length}`;
  const written = PRELUDE[key];
  if (written) {
    const functions = new Map(scope.functions);
    args.forEach((argument, i) => void functions.set(`F${i}/0`, { params: [], body: argument, scope: () => scope }));
    yield* locate(written, input, { ...scope, functions });
    return;
  }
  const control = CONTROL[key];
  if (control) {
    yield* control(args, input, scope);
    return;
  }
  const simple = FUNCTIONS[key];
  if (!simple) throw new JqSyntaxError(`${key} is not defined`);
  for (const values of product(args, input.value, scope)) yield { value: simple(input.value, values, scope), path: undefined };
}

function* product(args: readonly Filter[], input: Json, scope: Scope): Generator<Json[]> {
  const [first, ...rest] = args;
  if (!first) {
    yield [];
    return;
  }
  for (const tail of product(rest, input, scope)) for (const head of evaluate(first, input, scope)) yield [head, ...tail];
}

const fresh = (value: Json): Located => ({ value, path: undefined });
const required = (args: readonly Filter[], i: number): Filter => args[i] ?? { kind: 'identity' };

/** Those that decide what is evaluated, or keep paths. */
const CONTROL: Readonly<Record<string, (args: readonly Filter[], input: Located, scope: Scope) => Results>> = {
  *'empty/0'() {},
  *'not/0'(_, { value }) {
    yield fresh(!truthy(value));
  },
  *'select/1'(args, input, scope) {
    for (const condition of evaluate(required(args, 0), input.value, scope)) if (truthy(condition)) yield input;
  },
  *'recurse/0'(_, input, scope) {
    yield* locate({ kind: 'recurse' }, input, scope);
  },
  'error/0': (_, { value }) => {
    throw new JqError(value);
  },
  *'error/1'(args, { value }, scope) {
    for (const message of evaluate(required(args, 0), value, scope)) throw new JqError(message);
    yield* [];
  },
  *'path/1'(args, { value }, scope) {
    for (const path of paths(required(args, 0), value, scope)) yield fresh([...path]);
  },
  *'getpath/1'(args, input, scope) {
    for (const path of evaluate(required(args, 0), input.value, scope)) {
      if (isArray(path)) yield { value: getPath(input.value, path), path: input.path && [...input.path, ...path] };
    }
  },
  *'first/1'(args, input, scope) {
    for (const result of locate(required(args, 0), input, scope)) {
      yield result;
      return;
    }
  },
  *'last/1'(args, input, scope) {
    let last: Located | undefined;
    for (const result of locate(required(args, 0), input, scope)) last = result;
    if (last) yield last;
  },
  *'limit/2'(args, input, scope) {
    for (const count of evaluate(required(args, 0), input.value, scope)) {
      let left = Number(count);
      if (left <= 0) continue;
      for (const result of locate(required(args, 1), input, scope)) {
        yield result;
        if (--left <= 0) break;
      }
    }
  },
  *'nth/2'(args, input, scope) {
    for (const index of evaluate(required(args, 0), input.value, scope)) {
      let at = 0;
      for (const result of locate(required(args, 1), input, scope)) {
        if (at++ !== index) continue;
        yield result;
        break;
      }
    }
  },
  *'any/2'(args, { value }, scope) {
    yield fresh(some(args, value, scope, true));
  },
  *'all/2'(args, { value }, scope) {
    yield fresh(!some(args, value, scope, false));
  },
  *'isempty/1'(args, { value }, scope) {
    yield fresh(evaluate(required(args, 0), value, scope).next().done === true);
  },
  *'range/1'(args, { value }, scope) {
    for (const end of evaluate(required(args, 0), value, scope)) for (let i = 0; i < Number(end); i++) yield fresh(i);
  },
  *'range/2'(args, { value }, scope) {
    for (const [from = 0, to = 0] of product(args, value, scope)) for (let i = Number(from); i < Number(to); i++) yield fresh(i);
  },
  *'range/3'(args, { value }, scope) {
    for (const [from = 0, to = 0, by = 1] of product(args, value, scope)) {
      const step = Number(by);
      for (let i = Number(from); step > 0 ? i < Number(to) : step < 0 && i > Number(to); i += step) yield fresh(i);
    }
  },
  *'sort_by/1'(args, { value }, scope) {
    yield fresh(keyed(args, value, scope).map(({ item }) => item));
  },
  *'group_by/1'(args, { value }, scope) {
    yield fresh(grouped(args, value, scope));
  },
  *'unique_by/1'(args, { value }, scope) {
    yield fresh(grouped(args, value, scope).map(([item = null]) => item));
  },
  *'input/0'(_, __, scope) {
    const next = scope.inputs().next();
    if (next.done) throw new JqError('No more inputs');
    yield fresh(next.value);
  },
  *'inputs/0'(_, __, scope) {
    for (let next = scope.inputs().next(); !next.done; next = scope.inputs().next()) yield fresh(next.value);
  },
  *'debug/0'(_, input) {
    yield input;
  },
  *'env/0'(_, __, scope) {
    yield fresh(scope.env);
  },
  *'now/0'(_, __, scope) {
    yield fresh(scope.now() / 1000);
  },
  *'sub/2'(args, { value }, scope) {
    yield fresh(substitute(args, value, scope, ''));
  },
  *'gsub/2'(args, { value }, scope) {
    yield fresh(substitute(args, value, scope, 'g'));
  },
  *'sub/3'(args, { value }, scope) {
    yield fresh(substitute(args, value, scope, String([...evaluate(required(args, 2), value, scope)][0])));
  },
  *'match/1'(args, { value }, scope) {
    for (const pattern of evaluate(required(args, 0), value, scope)) yield* matches(value, pattern, '').map(fresh);
  },
  *'match/2'(args, { value }, scope) {
    for (const [pattern = '', flags = ''] of product(args, value, scope)) yield* matches(value, pattern, flags ?? '').map(fresh);
  },
};

function some(args: readonly Filter[], input: Json, scope: Scope, wanted: boolean): boolean {
  for (const item of evaluate(required(args, 0), input, scope)) {
    for (const result of evaluate(required(args, 1), item, scope)) if (truthy(result) === wanted) return true;
  }
  return false;
}

function list(value: Json): readonly Json[] {
  if (!isArray(value)) throw new JqError(`${described(value)} cannot be sorted, as it is not an array`);
  return value;
}

function keyed(args: readonly Filter[], value: Json, scope: Scope): { item: Json; key: Json }[] {
  const keys = list(value).map((item) => ({ item, key: [...evaluate(required(args, 0), item, scope)] }));
  return keys.sort((a, b) => compare(a.key, b.key));
}

function grouped(args: readonly Filter[], value: Json, scope: Scope): Json[][] {
  const groups: { key: Json; items: Json[] }[] = [];
  for (const { item, key } of keyed(args, value, scope)) {
    const last = groups.at(-1);
    if (last && compare(last.key, key) === 0) last.items.push(item);
    else groups.push({ key, items: [item] });
  }
  return groups.map(({ items }) => items);
}

function regex(pattern: Json, flags: Json): RegExp {
  if (typeof pattern !== 'string') throw new JqError(`${described(pattern)} cannot be matched, as it is not a string`);
  try {
    const chosen = `${[...toText(flags)].filter((flag) => 'gis'.includes(flag)).join('')}u`;
    return linearRegex(pattern, chosen) ?? new RegExp(pattern, chosen);
  } catch {
    throw new JqError(`${pattern} (at offset 0) is not a valid regex`);
  }
}

function text(value: Json): string {
  if (typeof value !== 'string') throw new JqError(`${described(value)} cannot be matched, as it is not a string`);
  return value;
}

function matches(value: Json, pattern: Json, flags: Json): Json[] {
  const expression = regex(isArray(pattern) ? (pattern[0] ?? '') : pattern, isArray(pattern) ? (pattern[1] ?? '') : (flags ?? ''));
  const found = expression.global ? [...text(value).matchAll(expression)] : [expression.exec(text(value))].filter((m) => m !== null);
  return found.map((match) => {
    const names = Object.entries(match.groups ?? {});
    const captures = match.slice(1).map((string) => ({
      offset: string === undefined ? -1 : text(value).indexOf(string, match.index),
      length: string?.length ?? 0,
      string: string ?? null,
      name: names.find(([, captured]) => captured === string)?.[0] ?? null,
    }));
    return { offset: match.index, length: match[0].length, string: match[0], captures };
  });
}

function substitute(args: readonly Filter[], value: Json, scope: Scope, flags: string): Json {
  const [pattern = ''] = evaluate(required(args, 0), value, scope);
  return text(value).replace(regex(pattern, flags), (...parts: unknown[]) => {
    const groups = parts.at(-1);
    const captured = groups && typeof groups === 'object' ? (groups as { readonly [key: string]: Json }) : {};
    return toText([...evaluate(required(args, 1), captured, scope)][0] ?? '');
  });
}

const number = (value: Json, what: string): number => {
  if (typeof value !== 'number') throw new JqError(`${described(value)} ${what}`);
  return value;
};
const stringArgument = (value: Json, other: Json, message: string): [string, string] => {
  if (typeof value !== 'string' || typeof other !== 'string') throw new JqError(message);
  return [value, other];
};
const math = (operation: (value: number) => number) => (value: Json) => operation(number(value, 'number required'));

function keysOf(value: Json, sorted: boolean): Json {
  if (isArray(value)) return value.map((_, i) => i);
  if (!isObject(value)) throw new JqError(`${described(value)} has no keys`);
  return sorted ? Object.keys(value).sort() : Object.keys(value);
}

function lengthOf(value: Json): number {
  if (value === null) return 0;
  if (typeof value === 'number') return Math.abs(value);
  if (typeof value === 'string') return [...value].length;
  if (typeof value === 'boolean') throw new JqError(`${described(value)} has no length`);
  return isArray(value) ? value.length : Object.keys(value).length;
}

function contains(a: Json, b: Json): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
  if (isArray(a) && isArray(b)) return b.every((wanted) => a.some((item) => typeName(item) === typeName(wanted) && contains(item, wanted)));
  if (isObject(a) && isObject(b)) return Object.entries(b).every(([key, wanted]) => Object.hasOwn(a, key) && contains(a[key] ?? null, wanted));
  if (typeName(a) !== typeName(b)) throw new JqError(`${described(a)} and ${described(b)} cannot have their containment checked`);
  return compare(a, b) === 0;
}

function flatten(value: Json, depth: number): Json[] {
  return (isArray(value) ? value : []).flatMap((item) => (isArray(item) && depth > 0 ? flatten(item, depth - 1) : [item]));
}

function fromEntries(value: Json): Json {
  const pairs = list(value).map((entry): [string, Json] => {
    if (!isObject(entry)) throw new JqError(`Cannot index ${typeName(entry)} with "key"`);
    const name = entry.key ?? entry.k ?? entry.name ?? entry.Key ?? entry.K ?? entry.Name ?? null;
    return [toText(name), entry.value ?? entry.v ?? entry.Value ?? entry.V ?? null];
  });
  return Object.fromEntries(pairs);
}

function toNumber(value: Json): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw new JqError(`${described(value)} cannot be parsed as a number`);
  if (value.trim() === '' || Number.isNaN(Number(value))) throw new JqError(`${described(value)} cannot be parsed as a number`);
  return Number(value);
}

const unique = (value: Json): Json[] => [...list(value)].sort(compare).filter((item, i, all) => i === 0 || compare(all[i - 1] ?? null, item) !== 0);
const asPaths = (value: Json): Path[] => list(value).map((path) => list(path));

function indices(value: Json, wanted: Json): Json {
  if (value === null) return null;
  if (typeof value === 'string' && typeof wanted === 'string')
    return Array.from(value.matchAll(new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'g')), (m) => m.index);
  return list(value).flatMap((item, i) => (compare(item, wanted) === 0 ? [i] : []));
}

const FUNCTIONS: Readonly<Record<string, (input: Json, args: Json[], scope: Scope) => Json>> = {
  'length/0': lengthOf,
  'utf8bytelength/0': (v) => Buffer.byteLength(text(v)),
  'keys/0': (v) => keysOf(v, true),
  'keys_unsorted/0': (v) => keysOf(v, false),
  'has/1': (v, [key = null]) => {
    if (isObject(v) && typeof key === 'string') return Object.hasOwn(v, key);
    if (isArray(v) && typeof key === 'number') return key >= 0 && key < v.length;
    throw new JqError(`Cannot check whether ${typeName(v)} has a ${typeName(key)} key`);
  },
  'type/0': typeName,
  'add/0': (v) => (isArray(v) ? v : isObject(v) ? Object.values(v) : list(v)).reduce<Json>((sum, item) => add(sum, item), null),
  'tostring/0': toText,
  'tonumber/0': toNumber,
  'tojson/0': (v) => JSON.stringify(v),
  'fromjson/0': (v) => {
    try {
      return JSON.parse(text(v)) as Json;
    } catch {
      throw new JqError(`${text(v)} (while parsing '${text(v)}')`);
    }
  },
  'sort/0': (v) => [...list(v)].sort(compare),
  'unique/0': unique,
  'reverse/0': (v) => (typeof v === 'string' ? [...v].reverse().join('') : v === null ? [] : [...list(v)].reverse()),
  'min/0': (v) => [...list(v)].sort(compare)[0] ?? null,
  'max/0': (v) => [...list(v)].sort(compare).at(-1) ?? null,
  'from_entries/0': fromEntries,
  'flatten/0': (v) => flatten(v, Number.POSITIVE_INFINITY),
  'flatten/1': (v, [depth = 0]) => flatten(v, Number(depth)),
  'contains/1': (v, [other = null]) => contains(v, other),
  'startswith/1': (v, [other = null]) => {
    const [a, b] = stringArgument(v, other, 'startswith() requires string inputs');
    return a.startsWith(b);
  },
  'endswith/1': (v, [other = null]) => {
    const [a, b] = stringArgument(v, other, 'endswith() requires string inputs');
    return a.endsWith(b);
  },
  'ltrimstr/1': (v, [other = null]) => (typeof v === 'string' && typeof other === 'string' && v.startsWith(other) ? v.slice(other.length) : v),
  'rtrimstr/1': (v, [other = null]) =>
    typeof v === 'string' && typeof other === 'string' && other && v.endsWith(other) ? v.slice(0, -other.length) : v,
  'trim/0': (v) => text(v).trim(),
  'ltrim/0': (v) => text(v).trimStart(),
  'rtrim/0': (v) => text(v).trimEnd(),
  'split/1': (v, [separator = null]) => {
    const [a, b] = stringArgument(v, separator, 'split input and separator must be strings');
    return a === '' ? [] : a.split(b);
  },
  'split/2': (v, [pattern = '', flags = '']) => text(v).split(regex(pattern, flags ?? '')),
  'join/1': (v, [glue = '']) =>
    list(v)
      .map((item) => {
        if (typeof item === 'object' && item !== null) throw new JqError(`${described(toText(glue))} and ${described(item)} cannot be added`);
        return item === null ? '' : toText(item);
      })
      .join(toText(glue)),
  'ascii_downcase/0': (v) => text(v).replace(/[A-Z]/g, (c) => c.toLowerCase()),
  'ascii_upcase/0': (v) => text(v).replace(/[a-z]/g, (c) => c.toUpperCase()),
  'explode/0': (v) => Array.from(text(v), (c) => c.codePointAt(0) ?? 0),
  'implode/0': (v) => String.fromCodePoint(...list(v).map(Number)),
  'test/1': (v, [pattern = '']) => matches(v, pattern, '').length > 0,
  'test/2': (v, [pattern = '', flags = '']) => matches(v, pattern, flags).length > 0,
  'index/1': (v, [wanted = null]) => isArrayOf(indices(v, wanted))[0] ?? null,
  'rindex/1': (v, [wanted = null]) => isArrayOf(indices(v, wanted)).at(-1) ?? null,
  'indices/1': (v, [wanted = null]) => indices(v, wanted),
  'floor/0': math(Math.floor),
  'ceil/0': math(Math.ceil),
  'round/0': math(Math.round),
  'sqrt/0': math(Math.sqrt),
  'fabs/0': math(Math.abs),
  'log/0': math(Math.log),
  'exp/0': math(Math.exp),
  'pow/2': (_, [a = 0, b = 0]) => Number(a) ** Number(b),
  'infinite/0': () => Number.MAX_VALUE,
  'nan/0': () => Number.NaN,
  'isnan/0': (v) => typeof v === 'number' && Number.isNaN(v),
  'isinfinite/0': (v) => typeof v === 'number' && Math.abs(v) === Number.MAX_VALUE,
  'isnormal/0': (v) => typeof v === 'number' && v !== 0,
  'not/0': (v) => !truthy(v),
  'setpath/2': (v, [path = [], value = null]) => setPath(v, list(path), value),
  'delpaths/1': (v, [all = []]) =>
    asPaths(all)
      .sort((a, b) => compare([...b], [...a]))
      .reduce<Json>((value, path) => deletePath(value, path), v),
  'to_number/0': toNumber,
  'transpose/0': (v) => {
    const rows = list(v).map(list);
    return Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, i) => rows.map((row) => row[i] ?? null));
  },
  'strftime/1': (v, [format = '']) => strftime(toText(format), Number(v) * 1000),
  'fromdateiso8601/0': (v) => Date.parse(text(v)) / 1000,
  'strptime/1': (v) => Date.parse(text(v)) / 1000,
  'mktime/0': (v) => Number(v),
  'gmtime/0': (v) => v,
  'todateiso8601/0': (v) => strftime('%Y-%m-%dT%H:%M:%SZ', Number(v) * 1000),
  'input_line_number/0': () => 0,
  'splits/1': (v, [pattern = '']) => text(v).split(regex(pattern, 'g')),
  'halt/0': () => null,
};

const isArrayOf = (value: Json): readonly Json[] => (isArray(value) ? value : []);
