import { builtin } from './builtins.ts';
import { formatString } from './formats.ts';
import { type Filter, JqError, type Json, type Pattern } from './syntax.ts';
import { described, getPath, indexValue, isArray, isObject, operate, type Path, setPath, sliceValue, truthy } from './values.ts';

/** A value, and where it came from within the input while that is known. */
export interface Located {
  readonly value: Json;
  readonly path: Path | undefined;
}

interface Definition {
  readonly params: readonly string[];
  readonly body: Filter;
  readonly scope: () => Scope;
}

export interface Scope {
  readonly variables: ReadonlyMap<string, Json>;
  readonly functions: ReadonlyMap<string, Definition>;
  /** Remaining steps, shared by the whole run. */
  readonly budget: { left: number };
  readonly inputs: () => Iterator<Json>;
  readonly now: () => number;
  readonly env: JsonEnv;
}

type JsonEnv = { readonly [key: string]: string };

/** Breaks out of `label`-less `limit`, `first` and the like. */
export function* evaluate(filter: Filter, input: Json, scope: Scope): Generator<Json> {
  for (const { value } of locate(filter, { value: input, path: undefined }, scope)) yield value;
}

export function* paths(filter: Filter, input: Json, scope: Scope): Generator<Path> {
  for (const { path } of locate(filter, { value: input, path: [] }, scope)) {
    if (!path) throw new JqError('Invalid path expression');
    yield path;
  }
}

const below = ({ path }: Located, key: Json): Path | undefined => path && [...path, key];
const fresh = (value: Json): Located => ({ value, path: undefined });

/** Evaluates and keeps track of paths as far as they go. */
export function* locate(filter: Filter, input: Located, scope: Scope): Generator<Located> {
  if (--scope.budget.left < 0) throw new JqError('the computation took too many steps');
  switch (filter.kind) {
    case 'identity':
      yield input;
      return;
    case 'recurse':
      yield* recurse(input);
      return;
    case 'index':
      for (const of of locate(filter.of, input, scope)) {
        for (const key of evaluate(filter.key, input.value, scope)) yield { value: indexValue(of.value, key), path: below(of, key) };
      }
      return;
    case 'iterate':
      for (const of of locate(filter.of, input, scope)) yield* iterate(of);
      return;
    case 'pipe':
      for (const left of locate(filter.left, input, scope)) yield* locate(filter.right, left, scope);
      return;
    case 'comma':
      yield* locate(filter.left, input, scope);
      yield* locate(filter.right, input, scope);
      return;
    case 'if':
      for (const condition of evaluate(filter.condition, input.value, scope)) {
        if (truthy(condition)) yield* locate(filter.then, input, scope);
        else if (filter.otherwise) yield* locate(filter.otherwise, input, scope);
        else yield input;
      }
      return;
    case 'try':
      yield* attempt(filter, input, scope);
      return;
    case 'bind':
      for (const value of evaluate(filter.source, input.value, scope)) yield* locate(filter.body, input, bind(scope, filter.pattern, value));
      return;
    case 'define':
      yield* locate(filter.rest, input, define(scope, filter));
      return;
    case 'call':
      yield* call(filter.name, filter.args, input, scope);
      return;
    case 'binary':
      if (filter.operator === '//') yield* alternative(filter.left, filter.right, input, scope);
      else yield* binary(filter.operator, filter.left, filter.right, input.value, scope);
      return;
    default:
      yield* produce(filter, input.value, scope);
  }
}

function* recurse(input: Located): Generator<Located> {
  yield input;
  if (isArray(input.value) || isObject(input.value)) for (const child of iterate(input)) yield* recurse(child);
}

function* iterate(of: Located): Generator<Located> {
  const { value } = of;
  if (isArray(value)) {
    for (const [i, item] of value.entries()) yield { value: item, path: below(of, i) };
  } else if (isObject(value)) for (const [key, item] of Object.entries(value)) yield { value: item, path: below(of, key) };
  else throw new JqError(`Cannot iterate over ${value === null ? 'null' : described(value)}`);
}

function* attempt(filter: Extract<Filter, { kind: 'try' }>, input: Located, scope: Scope): Generator<Located> {
  try {
    yield* locate(filter.body, input, scope);
  } catch (error) {
    if (!(error instanceof JqError)) throw error;
    if (filter.handler) yield* locate(filter.handler, fresh(error.value), scope);
  }
}

function* alternative(left: Filter, right: Filter, input: Located, scope: Scope): Generator<Located> {
  let any = false;
  try {
    for (const result of locate(left, input, scope)) {
      if (!truthy(result.value)) continue;
      any = true;
      yield result;
    }
  } catch (error) {
    if (!(error instanceof JqError)) throw error;
  }
  if (!any) yield* locate(right, input, scope);
}

function* binary(operator: string, left: Filter, right: Filter, input: Json, scope: Scope): Generator<Located> {
  if (operator === 'and' || operator === 'or') {
    for (const a of evaluate(left, input, scope)) {
      if (truthy(a) === (operator === 'or')) yield fresh(operator === 'or');
      else for (const b of evaluate(right, input, scope)) yield fresh(truthy(b));
    }
    return;
  }
  for (const b of evaluate(right, input, scope)) for (const a of evaluate(left, input, scope)) yield fresh(operate(operator, a, b));
}

/** Filters whose results are new values. */
function* produce(filter: Filter, input: Json, scope: Scope): Generator<Located> {
  switch (filter.kind) {
    case 'literal':
      yield fresh(filter.value);
      return;
    case 'variable':
      yield fresh(variable(filter.name, scope));
      return;
    case 'format':
      yield fresh(formatString(filter.name, input));
      return;
    case 'string':
      for (const text of interpolate(filter.parts, filter.format, input, scope)) yield fresh(text);
      return;
    case 'slice':
      for (const of of evaluate(filter.of, input, scope)) {
        for (const to of filter.to ? evaluate(filter.to, input, scope) : [null]) {
          for (const from of filter.from ? evaluate(filter.from, input, scope) : [null]) yield fresh(sliceValue(of, from, to));
        }
      }
      return;
    case 'negate':
      for (const value of evaluate(filter.body, input, scope)) {
        if (typeof value !== 'number') throw new JqError(`${described(value)} cannot be negated`);
        yield fresh(-value);
      }
      return;
    case 'array':
      yield fresh(filter.body ? [...evaluate(filter.body, input, scope)] : []);
      return;
    case 'object':
      for (const value of objects(filter.entries, 0, input, scope)) yield fresh(value);
      return;
    case 'reduce':
    case 'foreach':
      yield* fold(filter, input, scope);
      return;
    case 'assign':
      yield* assign(filter, input, scope);
      return;
  }
}

function variable(name: string, scope: Scope): Json {
  if (name === 'ENV') return scope.env;
  const value = scope.variables.get(name);
  if (value === undefined) throw new JqError(`$${name} is not defined`);
  return value;
}

function* interpolate(parts: readonly (string | Filter)[], format: string | undefined, input: Json, scope: Scope): Generator<string> {
  const [first, ...rest] = parts;
  if (first === undefined) {
    yield '';
    return;
  }
  const heads = typeof first === 'string' ? [first] : Array.from(evaluate(first, input, scope), (value) => formatString(format ?? '@text', value));
  for (const head of heads) for (const tail of interpolate(rest, format, input, scope)) yield head + tail;
}

type Entries = readonly { readonly key: Filter; readonly value: Filter }[];

function* objects(entries: Entries, at: number, input: Json, scope: Scope): Generator<{ readonly [key: string]: Json }> {
  const entry = entries[at];
  if (!entry) {
    yield {};
    return;
  }
  for (const key of evaluate(entry.key, input, scope)) {
    if (typeof key !== 'string') throw new JqError(`Object keys must be strings`);
    for (const value of evaluate(entry.value, input, scope))
      for (const rest of objects(entries, at + 1, input, scope)) yield { [key]: value, ...rest };
  }
}

function* fold(filter: Extract<Filter, { kind: 'reduce' | 'foreach' }>, input: Json, scope: Scope): Generator<Located> {
  for (const initial of evaluate(filter.initial, input, scope)) {
    let state: Json = initial;
    for (const item of evaluate(filter.source, input, scope)) {
      const inner = bind(scope, filter.pattern, item);
      let last: Json = null;
      for (const next of evaluate(filter.update, state, inner)) {
        last = next;
        if (filter.kind === 'foreach') for (const out of filter.extract ? evaluate(filter.extract, next, inner) : [next]) yield fresh(out);
      }
      state = last;
    }
    if (filter.kind === 'reduce') yield fresh(state);
  }
}

function* assign({ operator, left, right }: Extract<Filter, { kind: 'assign' }>, input: Json, scope: Scope): Generator<Located> {
  if (operator === '|=') {
    let result = input;
    for (const path of paths(left, input, scope)) {
      const [value] = evaluate(right, getPath(result, path), scope);
      if (value !== undefined) result = setPath(result, path, value);
    }
    yield fresh(result);
    return;
  }
  for (const value of evaluate(right, input, scope)) {
    let result = input;
    for (const path of paths(left, input, scope)) {
      const old = getPath(result, path);
      const next = operator === '=' ? value : operator === '//=' ? (truthy(old) ? old : value) : operate(operator.slice(0, -1), old, value);
      result = setPath(result, path, next);
    }
    yield fresh(result);
  }
}

function bind(scope: Scope, pattern: Pattern, value: Json): Scope {
  const variables = new Map(scope.variables);
  match(pattern, value, variables, scope);
  return { ...scope, variables };
}

function match(pattern: Pattern, value: Json, variables: Map<string, Json>, scope: Scope): void {
  if (pattern.kind === 'name') variables.set(pattern.name, value);
  else if (pattern.kind === 'array') {
    for (const [i, item] of pattern.items.entries()) match(item, indexValue(value, i), variables, scope);
  } else {
    for (const { key, pattern: inner } of pattern.entries) {
      const [name = null] = evaluate(key, value, scope);
      match(inner, indexValue(value, name), variables, scope);
    }
  }
}

function define(scope: Scope, { name, params, body }: Extract<Filter, { kind: 'define' }>): Scope {
  const functions = new Map(scope.functions);
  const inner: Scope = { ...scope, functions };
  functions.set(`${name}/${params.length}`, { params, body, scope: () => inner });
  return inner;
}

function* call(name: string, args: readonly Filter[], input: Located, scope: Scope): Generator<Located> {
  const own = scope.functions.get(`${name}/${args.length}`);
  if (!own) {
    yield* builtin(name, args, input, scope);
    return;
  }
  const functions = new Map(own.scope().functions);
  let variables = new Map(own.scope().variables);
  own.params.forEach((param, i) => {
    const argument = args[i];
    if (!argument) return;
    const bare = param.replace(/^\$/, '');
    functions.set(`${bare}/0`, { params: [], body: argument, scope: () => scope });
    if (param.startsWith('$')) variables = new Map(variables).set(bare, [...evaluate(argument, input.value, scope)][0] ?? null);
  });
  yield* locate(own.body, input, { ...own.scope(), functions, variables });
}
