import { type Activation, CelError, CelOptional, fromJson } from '../cel/index.ts';
import { deepEqual } from '../machinery/deep-equal.ts';
import { duplicate, type FieldError, FieldPath, forbiddenField, invalidValue, required } from '../machinery/field-error.ts';
import { isPlainObject, type PlainObject } from '../machinery/json.ts';
import { asProps, celTypeOf } from './cel-type.ts';
import type { JSONSchemaProps } from './generated/types.ts';
import { type CompiledRule, compiledRules } from './rule-program.ts';

const BUDGET = 10_000_000;
const MAX_MESSAGE = 5 * 1024;

interface Rules {
  budget: number;
  readonly found: FieldError[];
}

/** What `x-kubernetes-validations` say of an object, and of its change from an old one. */
export function ruleErrors(props: JSONSchemaProps, object: unknown, old: unknown): FieldError[] {
  const rules: Rules = { budget: BUDGET, found: [] };
  visit(rules, props, object, old, new FieldPath(), true);
  return rules.found;
}

function visit(rules: Rules, props: JSONSchemaProps, value: unknown, old: unknown, path: FieldPath, isRoot = false): void {
  if (value === null || value === undefined || rules.budget < 0) return;
  runRules(rules, props, value, old ?? undefined, path, isRoot);
  for (const one of props.allOf ?? []) visit(rules, one, value, old, path, isRoot);
  if (Array.isArray(value)) visitItems(rules, props, value, old, path);
  else if (isPlainObject(value)) visitMembers(rules, props, value, old, path);
}

function visitItems(rules: Rules, props: JSONSchemaProps, value: readonly unknown[], old: unknown, path: FieldPath): void {
  const items = asProps(props.items);
  if (!items) return;
  const before: readonly unknown[] = Array.isArray(old) ? old : [];
  const keys = props['x-kubernetes-list-type'] === 'map' ? (props['x-kubernetes-list-map-keys'] ?? []) : [];
  const isSame = (item: unknown) => (other: unknown) =>
    isPlainObject(item) && isPlainObject(other) && keys.every((key) => deepEqual(item[key], other[key]));
  value.forEach((item, i) => {
    visit(rules, items, item, keys.length > 0 ? before.find(isSame(item)) : undefined, path.index(i));
  });
}

function visitMembers(rules: Rules, props: JSONSchemaProps, value: PlainObject, old: unknown, path: FieldPath): void {
  const values = asProps(props.additionalProperties);
  const isCorrelatable = props['x-kubernetes-map-type'] !== 'atomic';
  const before = isPlainObject(old) && isCorrelatable ? old : {};
  for (const [key, member] of Object.entries(value)) {
    const own = props.properties?.[key];
    if (own) visit(rules, own, member, before[key], path.child(key));
    else if (values) visit(rules, values, member, before[key], path.key(key));
  }
}

function runRules(rules: Rules, props: JSONSchemaProps, value: unknown, old: unknown, path: FieldPath, isRoot: boolean): void {
  const compiled = compiledRules(props, isRoot);
  if (compiled.length === 0) return;
  const type = celTypeOf(props, isRoot);
  const [self, oldSelf] = [fromJson(value, type), old === undefined ? undefined : fromJson(old, type)];
  for (const one of compiled) {
    const isOptional = one.rule.optionalOldSelf === true;
    if (one.usesOldSelf && oldSelf === undefined && !isOptional) continue;
    const lookup: Activation = (name) =>
      name === 'self' ? self : name === 'oldSelf' ? (isOptional ? new CelOptional(oldSelf) : oldSelf) : undefined;
    const error = runRule(rules, one, lookup, { value, path, type: props.type ?? '' });
    if (error && (one.usesOldSelf || old === undefined || !deepEqual(value, old))) rules.found.push(error);
    if (rules.budget < 0) return;
  }
}

interface Place {
  readonly value: unknown;
  readonly path: FieldPath;
  readonly type: string;
}

function runRule(rules: Rules, { rule, program, problem, message }: CompiledRule, lookup: Activation, place: Place): FieldError | undefined {
  const { path, type } = place;
  if (problem) return invalidValue(path, type, `rule compile error: ${problem}`);
  if (!program) return undefined;
  const spend = (cost: number): void => {
    rules.budget -= cost;
  };
  try {
    const holds = program.run(lookup, spend) === true;
    if (rules.budget < 0)
      return invalidValue(path, type, 'validation failed due to running out of cost budget, no further validation rules will be run');
    if (holds) return undefined;
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return failed(rules, error, rule.message?.trim() || rule.rule.trim(), place);
  }
  const worded = message && wording(() => message.run(lookup, spend));
  return refusal(rule, worded ?? (rule.message?.trim() || `failed rule: ${rule.rule.trim()}`), place);
}

function failed(rules: Rules, { message }: CelError, rule: string, { path, type }: Place): FieldError {
  if (message.startsWith('no such overload')) {
    return invalidValue(path, type, `'${message}': call arguments did not match a supported operator, function or macro signature for rule: ${rule}`);
  }
  if (!message.startsWith('operation cancelled')) return invalidValue(path, type, `${message} evaluating rule: ${rule}`);
  rules.budget = -1;
  return invalidValue(path, type, `'${message}': no further validation rules will be run due to call cost exceeds limit for rule: ${rule}`);
}

/** A message that cannot be made, or is no single short line, gives way to the fixed one. */
function wording(make: () => unknown): string | undefined {
  try {
    const text = make();
    const trimmed = typeof text === 'string' ? text.trim() : '';
    return trimmed && !trimmed.includes('\n') && trimmed.length <= MAX_MESSAGE ? trimmed : undefined;
  } catch (error) {
    if (error instanceof CelError) return undefined;
    throw error;
  }
}

function refusal({ reason, fieldPath }: CompiledRule['rule'], detail: string, { value, path }: Place): FieldError {
  const at = fieldPath?.trim() ? within(path, fieldPath.trim()) : path;
  if (reason === 'FieldValueForbidden') return forbiddenField(at, detail);
  if (reason === 'FieldValueRequired') return required(at, detail);
  if (reason === 'FieldValueDuplicate') return duplicate(at, value);
  if (typeof value !== 'object') return invalidValue(at, value, detail);
  return { type: 'FieldValueInvalid', field: at.toString(), message: `Invalid value: ${detail}` };
}

/** `.a.b`, `.labels['x.y']` below a path. */
function within(path: FieldPath, text: string): FieldPath {
  const steps = [...text.matchAll(/\.([^.[\]]+)|\['((?:\\.|[^'])*)'\]/g)];
  return steps.reduce((at, [, name, key]) => (name === undefined ? at.key((key ?? '').replace(/\\(.)/g, '$1')) : at.child(name)), path);
}
