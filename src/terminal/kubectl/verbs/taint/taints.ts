import { isQualifiedName, isValidLabelValue } from '../../../../api/machinery/names.ts';
import type { Taint } from '../../../../api/schema/generated/types.ts';
import { Aggregate, UsageError } from '../../errors.ts';

export interface TaintChange {
  readonly add: readonly Taint[];
  /** Without an effect every taint with the key goes. */
  readonly remove: readonly Taint[];
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** `key=value:Effect` adds, `key:Effect-` and `key-` remove. Throws an Error that says what is wrong. */
export function parseTaints(words: readonly string[]): TaintChange {
  const add: Taint[] = [];
  const remove: Taint[] = [];
  for (const word of words) {
    if (word.endsWith('-')) {
      const { key, effect } = parseTaint(word.slice(0, -1));
      remove.push({ key, effect });
      continue;
    }
    const taint = parseTaint(word);
    if (!taint.effect) throw new Error(`invalid taint spec: ${word}`);
    if (add.some(({ key, effect }) => key === taint.key && effect === taint.effect))
      throw new Error(`duplicated taints with the same key and effect: {${taint.key} ${taint.value ?? ''} ${taint.effect} <nil>}`);
    add.push(taint);
  }
  return { add, remove };
}

function parseTaint(text: string): Taint {
  const parts = text.split(':');
  const [head = '', effect = ''] = parts;
  if (parts.length > 2) throw new Error(`invalid taint spec: ${text}`);
  if (parts.length === 1) return checkedKey({ key: head, effect: '' }, text);
  if (!effects.includes(effect)) throw new Error(`invalid taint effect: ${effect}, unsupported taint effect`);
  const pair = head.split('=');
  const [key = '', value] = pair;
  if (pair.length > 2) throw new Error(`invalid taint spec: ${text}`);
  const findings = value === undefined ? [] : isValidLabelValue(value);
  if (findings.length > 0) throw new Error(`invalid taint spec: ${text}, ${findings.join('; ')}`);
  return checkedKey({ key, ...(value ? { value } : {}), effect }, text);
}

function checkedKey(taint: Taint, text: string): Taint {
  const findings = isQualifiedName(taint.key);
  if (findings.length > 0) throw new Error(`invalid taint spec: ${text}, ${findings.join('; ')}`);
  return taint;
}

const same = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;

export interface Tainted {
  readonly taints: readonly Taint[];
  readonly operation: 'modified' | 'tainted' | 'untainted';
}

/** A node's taints after the change; throws when a taint to be removed is not there. */
export function changedTaints(existing: readonly Taint[], { add, remove }: TaintChange, overwrite: boolean): Tainted {
  let taints = [...add, ...existing.filter((old) => !add.some((one) => same(one, old)))];
  const added = taints.length !== existing.length;
  let removed = false;
  const missing: UsageError[] = [];
  for (const doomed of remove) {
    const left = taints.filter((one) => (doomed.effect ? !same(one, doomed) : one.key !== doomed.key));
    removed = left.length !== taints.length;
    if (!removed) missing.push(new UsageError(`taint ${JSON.stringify(`${doomed.key}${doomed.effect ? `:${doomed.effect}` : ''}`)} not found`));
    taints = left;
  }
  if (missing.length > 0) throw missing.length === 1 ? missing[0] : new Aggregate(missing);
  if ((added && removed) || overwrite) return { taints, operation: 'modified' };
  return { taints, operation: added ? 'tainted' : 'untainted' };
}

/** Keys of taints that are there already. */
export const clashingKeys = (existing: readonly Taint[], add: readonly Taint[]): string =>
  add
    .filter((one) => existing.some((old) => same(one, old)))
    .map(({ key }) => key)
    .join(',');

export function contradictions({ add, remove }: TaintChange): string[] {
  return add.flatMap((one) =>
    remove.filter(({ key, effect }) => key === one.key && (!effect || effect === one.effect)).map(({ key, effect }) => `${key}=${effect}`),
  );
}
