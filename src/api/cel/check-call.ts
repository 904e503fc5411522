import type { Call, Expression } from './ast.ts';
import { type Checking, dottedName, typeOf } from './check.ts';
import { isKnownFunction, overloadsOf } from './functions/index.ts';
import { type Bindings, type CelType, formatType, isAssignable, joined, substitute, UNKNOWN } from './types.ts';

/** A method of a namespace, such as `optional.of`: its target is no value. */
export function namespaced({ name, target }: Call, isVariable: (name: string) => boolean): string | undefined {
  const prefix = target ? dottedName(target) : undefined;
  if (prefix === undefined || isVariable(prefix.split('.')[0] ?? '')) return undefined;
  const full = `${prefix}.${name}`;
  return overloadsOf(full, false).length > 0 ? full : undefined;
}

export function checkCall(call: Call, checking: Checking): CelType {
  const { at, args, target } = call;
  const full = namespaced(call, (name) => checking.scope.has(name));
  const isMember = target !== undefined && full === undefined;
  const name = full ?? call.name;
  const given: Expression[] = isMember && target ? [target, ...args] : [...args];
  const types = given.map((arg) => typeOf(arg, checking));
  const overloads = overloadsOf(name, isMember);
  if (overloads.length === 0 && !isKnownFunction(name)) {
    checking.report(at, `undeclared reference to '${name}' (in container '')`);
    return UNKNOWN;
  }
  const results = overloads.flatMap((overload) => {
    if (overload.args.length !== types.length) return [];
    const bindings: Bindings = new Map();
    return overload.args.every((type, i) => isAssignable(type, types[i] ?? UNKNOWN, bindings)) ? [substitute(overload.result, bindings)] : [];
  });
  if (results.length > 0) return joined(results);
  checking.report(at, noOverload(name, types, isMember));
  return UNKNOWN;
}

/** `found no matching overload for 'startsWith' applied to 'string.(int)'` */
export function noOverload(name: string, types: readonly CelType[], isMember = false): string {
  const shown = types.map(formatType);
  const applied = isMember ? `${shown[0]}.(${shown.slice(1).join(', ')})` : `(${shown.join(', ')})`;
  return `found no matching overload for '${name}' applied to '${applied}'`;
}
