import type { FlagSpec, FlagSpecs } from './flag.ts';

export interface ParsedFlags {
  readonly values: Record<string, unknown>;
  readonly changed: ReadonlySet<string>;
  readonly args: readonly string[];
  /** How many arguments stood before `--`; -1 without one. */
  readonly argsBeforeDash: number;
  /** Words about deprecated flags that were used. */
  readonly notices: readonly string[];
  readonly help: boolean;
}

/** What was typed cannot be parsed; worded as pflag does. */
export class FlagError extends Error {
  override readonly name = 'FlagError';
}

/** Flags anywhere among the arguments, as pflag's interspersed parsing. */
export function parseFlags(specs: FlagSpecs, words: readonly string[]): ParsedFlags {
  return new FlagParser(specs as Readonly<Record<string, FlagSpec>>, words).run();
}

class FlagParser {
  readonly #specs: Readonly<Record<string, FlagSpec>>;
  readonly #shorts = new Map<string, string>();
  readonly #words: string[];
  readonly #values: Record<string, unknown> = {};
  readonly #changed = new Set<string>();
  readonly #notices: string[] = [];
  #help = false;

  constructor(specs: Readonly<Record<string, FlagSpec>>, words: readonly string[]) {
    this.#specs = specs;
    this.#words = [...words];
    for (const [name, spec] of Object.entries(specs)) {
      this.#values[name] = spec.default;
      if (spec.short) this.#shorts.set(spec.short, name);
    }
  }

  run(): ParsedFlags {
    const args: string[] = [];
    let argsBeforeDash = -1;
    for (let word = this.#words.shift(); word !== undefined; word = this.#words.shift()) {
      if (word === '--') {
        argsBeforeDash = args.length;
        args.push(...this.#words);
        break;
      }
      if (word.startsWith('--')) this.#long(word);
      else if (word.startsWith('-') && word !== '-') this.#short(word.slice(1));
      else args.push(word);
      if (this.#help) break;
    }
    return { values: this.#values, changed: this.#changed, args, argsBeforeDash, notices: this.#notices, help: this.#help };
  }

  #long(word: string): void {
    const equals = word.indexOf('=');
    const name = word.slice(2, equals < 0 ? undefined : equals).replaceAll('_', '-');
    if (name === '' || name.startsWith('-')) throw new FlagError(`bad flag syntax: ${word}`);
    const spec = this.#specs[name];
    if (!spec) {
      if (name !== 'help') throw new FlagError(`unknown flag: --${name}`);
      this.#help = true;
      return;
    }
    if (equals >= 0) this.#set(name, spec, word.slice(equals + 1));
    else if (spec.bare !== undefined) this.#set(name, spec, spec.bare);
    else this.#set(name, spec, this.#next(`flag needs an argument: --${name}`));
  }

  #short(group: string): void {
    for (let rest = group; rest; ) {
      const letter = rest.slice(0, 1);
      const name = this.#shorts.get(letter);
      const spec = name === undefined ? undefined : this.#specs[name];
      if (name === undefined || !spec) {
        if (letter !== 'h') throw new FlagError(`unknown shorthand flag: '${letter}' in -${rest}`);
        this.#help = true;
        return;
      }
      if (rest[1] === '=') {
        this.#set(name, spec, rest.slice(2));
        return;
      }
      if (spec.bare === undefined) {
        this.#set(name, spec, rest.length > 1 ? rest.slice(1) : this.#next(`flag needs an argument: '${letter}' in -${rest}`));
        return;
      }
      this.#set(name, spec, spec.bare);
      rest = rest.slice(1);
    }
  }

  #next(complaint: string): string {
    const word = this.#words.shift();
    if (word === undefined) throw new FlagError(complaint);
    return word;
  }

  #set(name: string, spec: FlagSpec, text: string): void {
    try {
      this.#values[name] = spec.parse(text, this.#values[name], !this.#changed.has(name));
    } catch (error) {
      const shown = spec.short ? `-${spec.short}, --${name}` : `--${name}`;
      throw new FlagError(`invalid argument ${JSON.stringify(text)} for "${shown}" flag: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (spec.deprecated && !this.#changed.has(name)) this.#notices.push(`Flag --${name} has been deprecated, ${spec.deprecated}\n`);
    this.#changed.add(name);
  }
}
