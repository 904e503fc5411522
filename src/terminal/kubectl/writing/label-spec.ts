import { UsageError } from '../errors.ts';

/** `app=web,tier=front`. */
export function parseLabelSpec(text: string): Record<string, string> {
  if (text === '') throw new UsageError('no label spec passed');
  const labels: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const parts = pair.split('=');
    const [key = '', value = ''] = parts;
    if (parts.length !== 2) throw new UsageError(`unexpected label spec: ${pair}`);
    if (!key) throw new UsageError('unexpected empty label key');
    labels[key] = value;
  }
  return labels;
}

export interface Pairs {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** `key=value` sets, `key-` removes where that is allowed. `what` names the pairs in complaints. */
export function parsePairs(args: readonly string[], what: string, removable: boolean): Pairs {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  const invalid: string[] = [];
  for (const arg of args) {
    const equals = arg.indexOf('=');
    if (equals > 0) set[arg.slice(0, equals)] = arg.slice(equals + 1);
    else if (removable && equals < 0 && arg.endsWith('-') && arg !== '-') remove.push(arg.slice(0, -1));
    else invalid.push(arg);
  }
  if (invalid.length > 0) throw new UsageError(`invalid ${what} format: ${invalid.join(', ')}`);
  return { set, remove };
}
