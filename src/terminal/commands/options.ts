/** An option as declared in a spec string: `n,lines=` (value required), `color?` (value optional), `v,verbose` (none). */
interface Declared {
  readonly key: string;
  readonly names: readonly string[];
  readonly argument: 'none' | 'required' | 'optional';
}

export interface Given {
  /** The first name of its declaration. */
  readonly key: string;
  readonly value: string | undefined;
}

export interface Options {
  readonly given: readonly Given[];
  readonly operands: readonly string[];
  has(key: string): boolean;
  /** The last value given. */
  value(key: string): string | undefined;
  values(key: string): string[];
  /** Which of these was given last: for options that override one another. */
  last(...keys: string[]): string | undefined;
}

/** A mistake in the arguments, worded as getopt does. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

export interface ParseOptions {
  /** Everything after the first operand is an operand too (`env`, `timeout`, `xargs`). */
  readonly stopAtOperand?: boolean;
}

/** GNU getopt_long over a spec such as `'n,lines= q,quiet,silent color? z'`. */
export function parseOptions(spec: string, args: readonly string[], { stopAtOperand = false }: ParseOptions = {}): Options {
  const declared = spec.split(' ').filter(Boolean).map(declare);
  const given: Given[] = [];
  const operands: string[] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest);
      break;
    }
    if (word.startsWith('--')) given.push(parseLong(declared, word, rest));
    else if (word.startsWith('-') && word.length > 1) given.push(...parseShort(declared, word, rest));
    else {
      operands.push(word);
      if (stopAtOperand) {
        operands.push(...rest);
        break;
      }
    }
  }
  return asOptions(given, operands);
}

function declare(word: string): Declared {
  const argument = word.endsWith('=') ? 'required' : word.endsWith('?') && word.length > 1 ? 'optional' : 'none';
  const names = (argument === 'none' ? word : word.slice(0, -1)).split(',');
  return { key: names[0] ?? word, names, argument };
}

function parseLong(declared: readonly Declared[], word: string, rest: string[]): Given {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
  const inline = equals < 0 ? undefined : word.slice(equals + 1);
  const { option, full } = findLong(declared, name);
  if (option.argument === 'none' && inline !== undefined) throw new OptionError(`option '--${full}' doesn't allow an argument`);
  if (option.argument !== 'required' || inline !== undefined) return { key: option.key, value: inline };
  const value = rest.shift();
  if (value === undefined) throw new OptionError(`option '--${full}' requires an argument`);
  return { key: option.key, value };
}

function findLong(declared: readonly Declared[], name: string): { option: Declared; full: string } {
  const all = declared.flatMap((option) => option.names.filter((n) => n.length > 1).map((full) => ({ option, full })));
  const exact = all.find(({ full }) => full === name);
  if (exact) return exact;
  const candidates = name ? all.filter(({ full }) => full.startsWith(name)) : [];
  const [first] = candidates;
  if (!first) throw new OptionError(`unrecognized option '--${name}'`);
  if (new Set(candidates.map(({ option }) => option)).size === 1) return first;
  throw new OptionError(`option '--${name}' is ambiguous; possibilities: ${candidates.map(({ full }) => `'--${full}'`).join(' ')}`);
}

function parseShort(declared: readonly Declared[], word: string, rest: string[]): Given[] {
  const given: Given[] = [];
  for (let i = 1; i < word.length; i++) {
    const letter = word.charAt(i);
    const option = declared.find(({ names }) => names.includes(letter));
    if (!option) throw new OptionError(`invalid option -- '${letter}'`);
    if (option.argument === 'none') {
      given.push({ key: option.key, value: undefined });
      continue;
    }
    const attached = word.slice(i + 1);
    const value = attached !== '' || option.argument === 'optional' ? attached || undefined : rest.shift();
    if (value === undefined && option.argument === 'required') throw new OptionError(`option requires an argument -- '${letter}'`);
    given.push({ key: option.key, value });
    break;
  }
  return given;
}

function asOptions(given: readonly Given[], operands: readonly string[]): Options {
  return {
    given,
    operands,
    has: (key) => given.some((option) => option.key === key),
    value: (key) => given.findLast((option) => option.key === key)?.value,
    values: (key) => given.filter((option) => option.key === key).map((option) => option.value ?? ''),
    last: (...keys) => given.findLast((option) => keys.includes(option.key))?.key,
  };
}
