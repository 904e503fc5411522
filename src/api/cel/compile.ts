import type { Expression } from './ast.ts';
import { check, type Environment } from './check.ts';
import { type Activation, Cost, evaluate, LIMIT_EXCEEDED } from './evaluate.ts';
import { showIssues } from './issues.ts';
import { parse } from './parser.ts';
import type { CelType } from './types.ts';
import { CelError, type CelValue } from './values.ts';

/** The most that one evaluation may cost. */
export const CALL_LIMIT = 1_000_000;

export interface Program {
  readonly type: CelType;
  readonly expression: Expression;
  /** Throws CelError. `spend` hears what it cost. */
  run(lookup: Activation, spend?: (cost: number) => void): CelValue;
}

export type Compilation = { readonly program: Program; readonly problem?: undefined } | { readonly program?: undefined; readonly problem: string };

/** Parses and checks; a problem is worded as upstream words it. */
export function compile(source: string, environment: Environment): Compilation {
  const { expression, issues } = parse(source);
  if (!expression) return { problem: `compilation failed: ${showIssues(source, issues)}` };
  const checked = check(expression, environment);
  if (checked.issues.length > 0) return { problem: `compilation failed: ${showIssues(source, checked.issues)}` };
  const run = (lookup: Activation, spend?: (cost: number) => void): CelValue => {
    const cost = new Cost(CALL_LIMIT);
    try {
      return evaluate(expression, { lookup, cost });
    } catch (error) {
      if (error instanceof RangeError) throw new CelError(LIMIT_EXCEEDED);
      throw error;
    } finally {
      spend?.(cost.spent);
    }
  };
  return { program: { type: checked.type, expression, run } };
}
