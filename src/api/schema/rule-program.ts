import { type CelType, compile, mentions, optionalOf, type Program } from '../cel/index.ts';
import { celTypeOf } from './cel-type.ts';
import type { JSONSchemaProps, ValidationRule } from './generated/types.ts';

/** A rule ready to run, or what is wrong with it. */
export interface CompiledRule {
  readonly rule: ValidationRule;
  readonly program?: Program;
  readonly problem?: string;
  readonly message?: Program;
  readonly messageProblem?: string;
  readonly usesOldSelf: boolean;
}

const cache = new WeakMap<JSONSchemaProps, readonly CompiledRule[]>();

export function compiledRules(props: JSONSchemaProps, isRoot: boolean): readonly CompiledRule[] {
  const rules = props['x-kubernetes-validations'];
  if (!rules?.length) return [];
  const known = cache.get(props);
  if (known) return known;
  const self = celTypeOf(props, isRoot);
  const made = rules.map((rule) => compileRule(rule, self));
  cache.set(props, made);
  return made;
}

function compileRule(rule: ValidationRule, self: CelType): CompiledRule {
  const environment = { variables: { self, oldSelf: rule.optionalOldSelf ? optionalOf(self) : self } };
  if (!rule.rule.trim()) return { rule, usesOldSelf: false };
  const { program, problem } = compile(rule.rule, environment);
  if (!program) return { rule, problem, usesOldSelf: false };
  if (program.type.kind !== 'bool') return { rule, problem: 'cel expression must evaluate to a bool', usesOldSelf: false };
  const usesOldSelf = mentions(program.expression, 'oldSelf');
  if (!rule.messageExpression?.trim()) return { rule, program, usesOldSelf };
  const worded = compile(rule.messageExpression, environment);
  if (!worded.program) return { rule, program, usesOldSelf, messageProblem: `messageExpression ${worded.problem}` };
  if (worded.program.type.kind !== 'string') return { rule, program, usesOldSelf, messageProblem: 'messageExpression must evaluate to a string' };
  return { rule, program, usesOldSelf, message: worded.program };
}
