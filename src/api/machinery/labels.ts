import { isQualifiedName, isValidLabelValue } from './names.ts';
import type { LabelSelector } from './object.ts';

export type Labels = Readonly<Record<string, string>>;
export type LabelOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
}

/** All requirements must hold; an empty list matches everything. */
export type Selector = readonly LabelRequirement[];

export class SelectorError extends Error {
  override readonly name = 'SelectorError';
}

export const matchesLabels = (selector: Selector, labels: Labels | undefined): boolean => selector.every((r) => holds(r, labels ?? {}));

function holds({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
    case 'lt': {
      if (value === undefined || !isInteger(value)) return false;
      const difference = BigInt(value) - BigInt(values[0] ?? '0');
      return operator === 'gt' ? difference > 0n : difference < 0n;
    }
    default:
      return operator satisfies never;
  }
}

const isInteger = (text: string): boolean => /^[-+]?\d+$/.test(text);

/** Back to text, as upstream's Selector.String does. */
export const formatSelector = (selector: Selector): string => selector.map(formatRequirement).join(',');

function formatRequirement({ key, operator, values }: LabelRequirement): string {
  const list = [...values].sort().join(',');
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${list})`;
    case 'gt':
      return `${key}>${list}`;
    case 'lt':
      return `${key}<${list}`;
    default:
      return `${key}${operator}${list}`;
  }
}

export const sortRequirements = (requirements: readonly LabelRequirement[]): Selector =>
  [...requirements].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

export const selectorFromSet = (labels: Labels | undefined): Selector =>
  sortRequirements(Object.entries(labels ?? {}).map(([key, value]) => ({ key, operator: '=', values: [value] })));

/** A requirement whose parts have been checked; throws SelectorError in the words of labels.NewRequirement. */
export function requirement(key: string, operator: LabelOperator, values: readonly string[]): LabelRequirement {
  const findings = [
    ...joined('key', key, isQualifiedName(key)),
    ...countFindings(operator, values),
    ...values.flatMap((value, i) => joined(`values[${i}][${key}]`, value, isValidLabelValue(value))),
  ];
  if (findings.length > 0) throw new SelectorError(findings.length === 1 ? findings[0] : `[${findings.join(', ')}]`);
  return { key, operator, values };
}

const joined = (path: string, value: string, findings: readonly string[]): string[] =>
  findings.length > 0 ? [`${path}: Invalid value: ${JSON.stringify(value)}: ${findings.join('; ')}`] : [];

function countFindings(operator: LabelOperator, values: readonly string[]): string[] {
  const wrong = (why: string) => [`values: Invalid value: ${JSON.stringify(values)}: ${why}`];
  switch (operator) {
    case 'in':
    case 'notin':
      return values.length === 0 ? wrong("for 'in', 'notin' operators, values set can't be empty") : [];
    case '=':
    case '==':
    case '!=':
      return values.length !== 1 ? wrong('exact-match compatibility requires one single value') : [];
    case 'exists':
    case '!':
      return values.length !== 0 ? wrong('values set must be empty for exists and does not exist') : [];
    case 'gt':
    case 'lt': {
      const findings = values.length !== 1 ? wrong("for 'Gt', 'Lt' operators, exactly one value is required") : [];
      const bad = values.flatMap((v, i) =>
        isInteger(v) ? [] : [`values[${i}]: Invalid value: ${JSON.stringify(v)}: for 'Gt', 'Lt' operators, the value must be an integer`],
      );
      return [...findings, ...bad];
    }
    default:
      return operator satisfies never;
  }
}

const OBJECT_OPERATORS: ReadonlyMap<string, LabelOperator> = new Map([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', '!'],
]);

const read = new WeakMap<LabelSelector, Selector>();

/** From matchLabels and matchExpressions. Undefined (a nil selector) matches nothing, so it has no Selector. */
export function selectorFromObject(selector: LabelSelector): Selector {
  const known = read.get(selector);
  if (known) return known;
  const made = readSelector(selector);
  if (Object.isFrozen(selector)) read.set(selector, made);
  return made;
}

function readSelector(selector: LabelSelector): Selector {
  const fromLabels = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => requirement(key, '=', [value]));
  const fromExpressions = (selector.matchExpressions ?? []).map(({ key, operator, values }) => {
    const known = OBJECT_OPERATORS.get(operator);
    if (!known) throw new SelectorError(`${JSON.stringify(operator)} is not a valid label selector operator`);
    return requirement(key, known, values ?? []);
  });
  return sortRequirements([...fromLabels, ...fromExpressions]);
}

/** A nil selector matches nothing, an empty one everything. */
export const selects = (selector: LabelSelector | undefined, labels: Labels | undefined): boolean =>
  selector !== undefined && matchesLabels(selectorFromObject(selector), labels);

/** As metav1.FormatLabelSelector, which `kubectl describe` and tables print: `app=web,tier in (a,b)`; `<none>` when empty, `<error>` when malformed. */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  try {
    const text = selector ? formatSelector(selectorFromObject(selector)) : '';
    return text || '<none>';
  } catch {
    return '<error>';
  }
}
