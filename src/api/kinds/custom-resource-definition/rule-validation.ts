import { type FieldError, type FieldPath, invalidValue, notSupported, required } from '../../machinery/field-error.ts';
import { asProps } from '../../schema/cel-type.ts';
import type { JSONSchemaProps, ValidationRule } from '../../schema/generated/types.ts';
import { type CompiledRule, compiledRules } from '../../schema/rule-program.ts';
import { invalidStruct } from '../internal-form.ts';

const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

/** The rules of a schema and of everything below it. */
export function validateRules(schema: JSONSchemaProps, path: FieldPath, isRoot = false): FieldError[] {
  const at = path.child('x-kubernetes-validations');
  const rules = schema['x-kubernetes-validations'] ?? [];
  const plain = rules.flatMap((rule, i) => ruleFindings(rule, at.index(i), schema));
  const items = asProps(schema.items);
  const values = asProps(schema.additionalProperties);
  return [
    ...(values ? validateRules(values, path.child('additionalProperties')) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => validateRules(property, path.child('properties').key(name))),
    ...(items ? validateRules(items, path.child('items')) : []),
    ...plain,
    ...(plain.length > 0 ? [] : compiledRules(schema, isRoot).flatMap((compiled, i) => compileFindings(compiled, at.index(i)))),
  ];
}

const isBlank = (text: string | undefined): boolean => text !== undefined && text !== '' && text.trim() === '';
const hasBreaks = (text: string | undefined): boolean => /[\n\r]/.test(text?.trim() ?? '');

function ruleFindings(rule: ValidationRule, path: FieldPath, schema: JSONSchemaProps): FieldError[] {
  const { messageExpression, reason, fieldPath } = rule;
  return [
    ...wordFindings(rule, path),
    ...(isBlank(messageExpression) ? [required(path.child('messageExpression'), 'messageExpression must be non-empty if specified')] : []),
    ...(reason && !REASONS.includes(reason) ? [notSupported(path.child('reason'), reason, REASONS)] : []),
    ...(isBlank(fieldPath) ? [invalidValue(path.child('fieldPath'), fieldPath, 'must be non-empty if specified')] : []),
    ...(hasBreaks(fieldPath) ? [invalidValue(path.child('fieldPath'), fieldPath, 'must not contain line breaks')] : []),
    ...(fieldPath && !leadsSomewhere(schema, fieldPath) ? [invalidValue(path.child('fieldPath'), fieldPath, 'must be a valid path')] : []),
  ];
}

function wordFindings({ rule, message }: ValidationRule, path: FieldPath): FieldError[] {
  if (!rule?.trim()) return [required(path.child('rule'), 'rule is not specified')];
  if (isBlank(message)) return [invalidValue(path.child('message'), message, 'must be non-empty if specified')];
  if (hasBreaks(message)) return [invalidValue(path.child('message'), message, 'must not contain line breaks')];
  if (hasBreaks(rule) && !message?.trim()) return [required(path.child('message'), 'message must be specified if rule contains line breaks')];
  return [];
}

function leadsSomewhere(schema: JSONSchemaProps, path: string): boolean {
  const steps = [...path.trim().matchAll(/\.([^.[\]]+)|\['((?:\\.|[^'])*)'\]/g)];
  if (steps.map(([all]) => all).join('') !== path.trim()) return false;
  let at: JSONSchemaProps | undefined = schema;
  for (const [, name, key] of steps) at = at?.properties ? at.properties[name ?? key ?? ''] : asProps(at?.additionalProperties);
  return at !== undefined;
}

function compileFindings({ rule, problem, messageProblem, usesOldSelf }: CompiledRule, path: FieldPath): FieldError[] {
  const shown = {
    Rule: rule.rule,
    Message: rule.message ?? '',
    MessageExpression: rule.messageExpression ?? '',
    Reason: rule.reason ?? null,
    FieldPath: rule.fieldPath ?? '',
    OptionalOldSelf: rule.optionalOldSelf ?? null,
  };
  return [
    ...(problem ? [invalidStruct(path.child('rule'), shown, problem)] : []),
    ...(messageProblem ? [invalidStruct(path.child('messageExpression'), shown, messageProblem)] : []),
    ...(rule.optionalOldSelf !== undefined && !usesOldSelf && !problem
      ? [invalidValue(path.child('optionalOldSelf'), rule.optionalOldSelf, 'may not be set if oldSelf is not used in rule')]
      : []),
  ];
}
