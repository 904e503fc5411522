import type { Call, Expression, ListLiteral, MapLiteral, Select, StructLiteral } from './ast.ts';
import { dottedName } from './check.ts';
import { namespaced } from './check-call.ts';
import { evaluateBinding, evaluateComprehension } from './evaluate-macro.ts';
import { overloadFor } from './functions/define-functions.ts';
import { overloadsOf } from './functions/index.ts';
import { valueAt } from './functions/operators.ts';
import { CelError, CelMap, CelOpaque, CelOptional, CelTypeValue, type CelValue, NO_OVERLOAD, typeNameOf } from './values.ts';

/** Values by name; undefined for names that mean nothing. */
export type Activation = (name: string) => CelValue | undefined;

export interface Evaluation {
  readonly lookup: Activation;
  readonly cost: Cost;
}

export const LIMIT_EXCEEDED = 'operation cancelled: actual cost limit exceeded';

/** Counts what evaluation costs, and stops it at a limit. */
export class Cost {
  #left: number;
  readonly #limit: number;

  constructor(limit: number) {
    this.#left = limit;
    this.#limit = limit;
  }

  get spent(): number {
    return this.#limit - this.#left;
  }

  spend(amount = 1): void {
    this.#left -= amount;
    if (this.#left < 0) throw new CelError(LIMIT_EXCEEDED);
  }
}

export function evaluate(expression: Expression, evaluation: Evaluation): CelValue {
  evaluation.cost.spend();
  switch (expression.op) {
    case 'literal':
      return expression.value;
    case 'identifier':
      return identifier(expression.name, evaluation);
    case 'select':
      return select(expression, evaluation);
    case 'call':
      return call(expression, evaluation);
    case 'list':
      return list(expression, evaluation);
    case 'map':
      return map(expression, evaluation);
    case 'struct':
      return struct(expression, evaluation);
    case 'comprehension':
      return evaluateComprehension(expression, evaluation);
    case 'bind':
      return evaluateBinding(expression, evaluation);
  }
}

const TYPES = new Set(['int', 'uint', 'double', 'string', 'bytes', 'bool', 'list', 'map', 'null_type', 'type']);

function identifier(name: string, { lookup }: Evaluation): CelValue {
  const found = lookup(name);
  if (found !== undefined) return found;
  if (TYPES.has(name)) return new CelTypeValue(name);
  throw new CelError(`no such attribute(s): ${name}`);
}

function select(expression: Select, evaluation: Evaluation): CelValue {
  const name = dottedName(expression);
  if (name === 'google.protobuf.Timestamp' || name === 'google.protobuf.Duration') return new CelTypeValue(name);
  const target = evaluate(expression.target, evaluation);
  if (target instanceof CelOptional) {
    const found = target.value === undefined ? undefined : member(target.value, expression.field);
    return expression.test ? found !== undefined : new CelOptional(found);
  }
  const found = member(target, expression.field);
  if (expression.test) return found !== undefined;
  if (expression.optional) return new CelOptional(found);
  return found ?? missing(target, expression.field);
}

function missing(target: CelValue, field: string): CelValue {
  return target instanceof CelMap ? valueAt(target, field) : noField(target);
}

const noField = (target: CelValue): never => {
  throw new CelError(target === null ? 'no such overload' : `unsupported type: ${typeNameOf(target)}`);
};

function member(target: CelValue, field: string): CelValue | undefined {
  if (target instanceof CelMap) return target.get(field);
  if (target instanceof CelOpaque && target.field) return target.field(field);
  throw new CelError(NO_OVERLOAD);
}

function call(expression: Call, evaluation: Evaluation): CelValue {
  const { name, target, args } = expression;
  if (name === '_&&_') return both(args, evaluation, false);
  if (name === '_||_') return both(args, evaluation, true);
  if (name === '_?_:_') return choice(args, evaluation);
  const full = namespaced(expression, (variable) => evaluation.lookup(variable) !== undefined);
  const isMember = target !== undefined && full === undefined;
  const operands = isMember && target ? [target, ...args] : args;
  const given = operands.map((operand) => evaluate(operand, evaluation));
  evaluation.cost.spend(sizeCost(given));
  const overload = overloadFor(overloadsOf(full ?? name, isMember), given);
  if (overload) {
    const made = overload.run(...(given as never[]));
    evaluation.cost.spend(sizeCost([made]));
    return made;
  }
  const isOperator = name.includes('_') || name === '@in';
  throw new CelError(isOperator ? NO_OVERLOAD : `${NO_OVERLOAD}: ${name}(${given.map(typeNameOf).join(', ')})`);
}

/** Long texts and lists cost more than short ones. */
const sizeCost = (values: readonly CelValue[]): number =>
  values.reduce<number>((sum, value) => sum + (typeof value === 'string' || Array.isArray(value) ? Math.ceil(value.length / 10) : 0), 0);

/** An error on one side does not matter when the other side decides. */
function both([left, right]: readonly Expression[], evaluation: Evaluation, decisive: boolean): CelValue {
  const attempt = (expression: Expression | undefined): CelValue | CelError => {
    try {
      return expression ? evaluate(expression, evaluation) : null;
    } catch (error) {
      if (error instanceof CelError) return error;
      throw error;
    }
  };
  const first = attempt(left);
  if (first === decisive) return decisive;
  const second = attempt(right);
  if (second === decisive) return decisive;
  for (const side of [first, second]) {
    if (side instanceof CelError) throw side;
    if (typeof side !== 'boolean') throw new CelError(NO_OVERLOAD);
  }
  return !decisive;
}

function choice([condition, then, otherwise]: readonly Expression[], evaluation: Evaluation): CelValue {
  if (!condition || !then || !otherwise) throw new CelError(NO_OVERLOAD);
  const decided = evaluate(condition, evaluation);
  if (typeof decided !== 'boolean') throw new CelError(NO_OVERLOAD);
  return evaluate(decided ? then : otherwise, evaluation);
}

/** What an optional entry gives: nothing when the optional is empty. */
function given(value: CelValue, optional: boolean): CelValue[] {
  if (!optional) return [value];
  if (!(value instanceof CelOptional)) throw new CelError(`cannot initialize optional entry from non-optional value ${typeNameOf(value)}`);
  return value.value === undefined ? [] : [value.value];
}

const list = ({ items }: ListLiteral, evaluation: Evaluation): CelValue =>
  items.flatMap(({ value, optional }) => given(evaluate(value, evaluation), optional));

function map({ entries }: MapLiteral, evaluation: Evaluation): CelValue {
  const seen = new CelMap(
    entries.flatMap(({ key, value, optional }) => {
      const at = evaluate(key, evaluation);
      return given(evaluate(value, evaluation), optional).map((one) => [at, one] as const);
    }),
  );
  return seen;
}

const struct = ({ name, fields }: StructLiteral, evaluation: Evaluation): CelValue =>
  new CelMap(
    fields.flatMap((field) => given(evaluate(field.value, evaluation), field.optional).map((one) => [field.name, one] as const)),
    name,
  );
