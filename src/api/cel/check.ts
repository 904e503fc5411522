import type { Expression, Select, StructLiteral } from './ast.ts';
import { checkCall } from './check-call.ts';
import { checkBinding, checkComprehension } from './check-macro.ts';
import type { Issue } from './issues.ts';
import {
  BOOL,
  type CelType,
  DYN,
  formatType,
  isAny,
  isAssignable,
  isOptional,
  isPrimitive,
  joined,
  listOf,
  mapOf,
  optionalOf,
  primitive,
  UNKNOWN,
} from './types.ts';

/** What an expression may refer to. */
export interface Environment {
  readonly variables: Readonly<Record<string, CelType>>;
  /** Types of objects that expressions may build, by name; fields undefined when any are allowed. */
  readonly struct?: (name: string) => CelType | undefined;
}

export interface Checking {
  readonly scope: ReadonlyMap<string, CelType>;
  readonly environment: Environment;
  report(at: number, message: string): void;
}

/** The type of an expression, and everything that is wrong with it. */
export function check(expression: Expression, environment: Environment): { type: CelType; issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const scope = new Map(Object.entries(environment.variables));
  const type = typeOf(expression, { scope, environment, report: (at, message) => void issues.push({ at, message }) });
  return { type, issues };
}

export function typeOf(expression: Expression, checking: Checking): CelType {
  switch (expression.op) {
    case 'literal':
      return expression.type;
    case 'identifier':
      return identifierType(expression.name, expression.at, checking);
    case 'select':
      return selectType(expression, checking);
    case 'call':
      return checkCall(expression, checking);
    case 'list':
      return listOf(joined(expression.items.map(({ value, optional }) => inner(typeOf(value, checking), optional))));
    case 'map': {
      const keys = expression.entries.map(({ key }) => typeOf(key, checking));
      return mapOf(joined(keys), joined(expression.entries.map(({ value, optional }) => inner(typeOf(value, checking), optional))));
    }
    case 'struct':
      return structType(expression, checking);
    case 'comprehension':
      return checkComprehension(expression, checking);
    case 'bind':
      return checkBinding(expression, checking);
  }
}

const inner = (type: CelType, optional: boolean): CelType => (optional && isOptional(type) ? (type.of ?? DYN) : type);

const undeclared = (name: string): string => `undeclared reference to '${name}' (in container '')`;

function identifierType(name: string, at: number, { scope, report }: Checking): CelType {
  const known = scope.get(name);
  if (known) return known;
  const typeName = TYPE_NAMES[name] ?? (isPrimitive(name) && name !== 'timestamp' && name !== 'duration' ? name : undefined);
  if (typeName && isPrimitive(typeName)) return { kind: 'type', of: primitive(typeName) };
  if (name === 'list' || name === 'map' || name === 'type') return { kind: 'type', of: DYN };
  report(at, undeclared(name));
  return UNKNOWN;
}

const TYPE_NAMES: Readonly<Record<string, string>> = { null_type: 'null' };

/** `a.b.c` where that is the name of a type or of a variable. */
export function dottedName(expression: Expression): string | undefined {
  if (expression.op === 'identifier') return expression.name;
  if (expression.op !== 'select' || expression.test || expression.optional) return undefined;
  const target = dottedName(expression.target);
  return target === undefined ? undefined : `${target}.${expression.field}`;
}

function selectType(expression: Select, checking: Checking): CelType {
  const name = dottedName(expression);
  const known = name === undefined ? undefined : checking.scope.get(name);
  if (known) return known;
  if (name === 'google.protobuf.Timestamp' || name === 'google.protobuf.Duration') return { kind: 'type', of: DYN };
  const target = typeOf(expression.target, checking);
  const isMaybe = expression.optional || isOptional(target);
  const found = fieldType(inner(target, true), expression, checking);
  if (expression.test) return BOOL;
  return isMaybe && !isOptional(found) ? optionalOf(found) : found;
}

function fieldType(target: CelType, { field, at }: Select, { report }: Checking): CelType {
  if (isAny(target)) return target;
  if (target.kind === 'map') return target.of;
  if (target.kind === 'object') {
    const found = target.fields().get(field);
    if (found) return found;
    report(at, `undefined field '${field}'`);
    return UNKNOWN;
  }
  report(at, `type '${formatType(target)}' does not support field selection`);
  return UNKNOWN;
}

function structType({ name, at, fields }: StructLiteral, checking: Checking): CelType {
  const type = checking.environment.struct?.(name);
  if (!type) {
    checking.report(at, undeclared(name));
    for (const { value } of fields) typeOf(value, checking);
    return UNKNOWN;
  }
  const known = type.kind === 'object' ? type.fields() : undefined;
  for (const field of fields) {
    const given = inner(typeOf(field.value, checking), field.optional);
    const wanted = known && known.size > 0 ? known.get(field.name) : DYN;
    if (!wanted) checking.report(field.at, `undefined field '${field.name}'`);
    else if (!isAssignable(wanted, given)) {
      checking.report(field.at, `expected type of field '${field.name}' is '${formatType(wanted)}' but provided type is '${formatType(given)}'`);
    }
  }
  return type;
}
