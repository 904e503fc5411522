import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { ExamId, Locale } from '../trainer/catalog/catalog.ts';
import { CliError } from './errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads a command line strictly: an unknown flag or a missing value is an error. */
export const readOptions = <T extends Options>(argv: string[], options: T) =>
  parseArgs({ args: argv, options, allowPositionals: true, strict: true });

export function wholeNumber(flag: string, text: string | undefined, { from = 0, to = 4_294_967_295 } = {}): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < from || value > to) throw new CliError(`--${flag} takes a whole number from ${from} to ${to}, not "${text}"`);
  return value;
}

export function oneOf<T extends string>(flag: string, text: string | undefined, choices: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  if (!choices.includes(text as T)) throw new CliError(`--${flag} takes ${choices.join(' or ')}, not "${text}"`);
  return text as T;
}

export const localeOption = (text: string | undefined): Locale | undefined => oneOf('lang', text, ['en', 'ko']);

export function examArgument(text: string | undefined): ExamId {
  if (text === 'cka' || text === 'ckad') return text;
  throw new CliError(
    text === undefined ? 'say which exam: `kubeproctor exam cka` or `kubeproctor exam ckad`' : `unknown exam "${text}"; there are cka and ckad`,
  );
}

export function atMost(positionals: readonly string[], count: number): void {
  const extra = positionals[count];
  if (extra !== undefined) throw new CliError(`unexpected argument "${extra}"; \`kubeproctor --help\` shows how to call it`);
}
