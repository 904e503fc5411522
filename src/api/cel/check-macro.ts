import type { Binding, Comprehension } from './ast.ts';
import { type Checking, typeOf } from './check.ts';
import { noOverload } from './check-call.ts';
import { BOOL, type CelType, DYN, formatType, INT, isAny, isOptional, listOf, mapOf, optionalOf, UNKNOWN } from './types.ts';

export function checkComprehension({ macro, range, variables, filter, body }: Comprehension, checking: Checking): CelType {
  const ranged = typeOf(range, checking);
  const [first, second] = iterated(ranged);
  if (!first || !second) {
    checking.report(range.at, `expression of type '${formatType(ranged)}' cannot be range of a comprehension (must be list, map, or dynamic)`);
  }
  const isPair = variables.length === 2;
  const types = isPair ? [ranged.kind === 'list' ? INT : first, second] : [first];
  const scope = new Map(checking.scope);
  for (const [i, name] of variables.entries()) scope.set(name, types[i] ?? UNKNOWN);
  const inside = { ...checking, scope };
  if (filter) requireBool(typeOf(filter, inside), filter.at, inside, listOf(DYN));
  const type = typeOf(body, inside);
  switch (macro) {
    case 'all':
    case 'exists':
      if (!isBool(type)) checking.report(body.at, noOverload(macro === 'all' ? '_&&_' : '_||_', [BOOL, type]));
      return BOOL;
    case 'exists_one':
      requireBool(type, body.at, inside, INT);
      return BOOL;
    case 'filter':
      requireBool(type, body.at, inside, listOf(first ?? DYN));
      return listOf(first ?? DYN);
    case 'map':
    case 'transformList':
      return listOf(type);
    case 'transformMap':
      return mapOf(ranged.kind === 'map' ? ranged.key : INT, type);
  }
}

const isBool = (type: CelType): boolean => type.kind === 'bool' || isAny(type);

function requireBool(type: CelType, at: number, { report }: Checking, made: CelType): void {
  if (!isBool(type)) report(at, noOverload('_?_:_', [type, made, made]));
}

/** What one variable goes over, and what the second of two does. */
function iterated(range: CelType): readonly (CelType | undefined)[] {
  if (isAny(range)) return [DYN, DYN];
  if (range.kind === 'list') return [range.of, range.of];
  return range.kind === 'map' ? [range.key, range.of] : [undefined, undefined];
}

export function checkBinding({ macro, variable, value, body }: Binding, checking: Checking): CelType {
  const given = typeOf(value, checking);
  const held = macro === 'bind' ? given : isOptional(given) ? (given.of ?? DYN) : DYN;
  const type = typeOf(body, { ...checking, scope: new Map(checking.scope).set(variable, held) });
  return macro === 'optMap' ? optionalOf(type) : type;
}
