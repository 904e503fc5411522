import type { Binding, Comprehension } from './ast.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { CelError, CelMap, CelOptional, type CelValue, isList, NO_OVERLOAD } from './values.ts';

export function evaluateComprehension(expression: Comprehension, evaluation: Evaluation): CelValue {
  const { macro, range, body, filter } = expression;
  const steps = elements(evaluate(range, evaluation), expression.variables.length === 2);
  const inside = steps.map((values) => ({ values, ...withVariables(evaluation, expression.variables, values) }));
  const admitted = () => inside.filter((step) => !filter || bool(evaluate(filter, step)));
  switch (macro) {
    case 'all':
      return decide(inside, (step) => bool(evaluate(body, step)), false);
    case 'exists':
      return decide(inside, (step) => bool(evaluate(body, step)), true);
    case 'exists_one':
      return inside.filter((step) => bool(evaluate(body, step))).length === 1;
    case 'filter':
      return inside.filter((step) => bool(evaluate(body, step))).map(({ values }) => values[0] ?? null);
    case 'map':
    case 'transformList':
      return admitted().map((step) => evaluate(body, step));
    case 'transformMap':
      return new CelMap(admitted().map((step) => [step.values[0] ?? null, evaluate(body, step)] as const));
  }
}

/** One deciding element is enough, whatever goes wrong with others. */
function decide<T>(steps: readonly T[], holds: (step: T) => boolean, decisive: boolean): boolean {
  let problem: CelError | undefined;
  for (const step of steps) {
    try {
      if (holds(step) === decisive) return decisive;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      problem ??= error;
    }
  }
  if (problem) throw problem;
  return !decisive;
}

function elements(range: CelValue, pairs: boolean): CelValue[][] {
  if (isList(range)) return range.map((item, i) => (pairs ? [BigInt(i), item] : [item]));
  if (range instanceof CelMap) return range.entries().map(([key, value]) => (pairs ? [key, value] : [key]));
  throw new CelError(NO_OVERLOAD);
}

function withVariables(evaluation: Evaluation, names: readonly string[], values: readonly CelValue[]): Evaluation {
  const { lookup, cost } = evaluation;
  return {
    cost,
    lookup: (name) => {
      const index = names.indexOf(name);
      return index < 0 ? lookup(name) : values[index];
    },
  };
}

function bool(value: CelValue): boolean {
  if (typeof value !== 'boolean') throw new CelError(NO_OVERLOAD);
  return value;
}

export function evaluateBinding({ macro, variable, value, body }: Binding, evaluation: Evaluation): CelValue {
  const given = evaluate(value, evaluation);
  if (macro === 'bind') return evaluate(body, withVariables(evaluation, [variable], [given]));
  if (!(given instanceof CelOptional)) throw new CelError(NO_OVERLOAD);
  if (given.value === undefined) return given;
  const made = evaluate(body, withVariables(evaluation, [variable], [given.value]));
  return macro === 'optMap' ? new CelOptional(made) : made;
}
