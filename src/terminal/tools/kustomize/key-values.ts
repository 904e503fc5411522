import { KustomizeError, within } from './errors.ts';
import type { Folder } from './folder.ts';
import type { GeneratorEntry } from './kustomization.ts';

export interface KeyValue {
  readonly key: string;
  readonly value: Buffer;
}

/** Pairs from env files, literals and files, in that order. */
export function keyValues(folder: Folder, { env, envs = [], literals = [], files = [] }: GeneratorEntry): KeyValue[] {
  const sources = env ? [...envs, env] : envs;
  return [
    ...within(`env source files: [${sources.join(' ')}]`, () => sources.flatMap((path) => envPairs(folder.load(path)))),
    ...within(`literal sources [${literals.join(' ')}]`, () => literals.map(literalPair)),
    ...within(`file sources: [${files.join(' ')}]`, () => files.map((source) => filePair(folder, source))),
  ].map(checked);
}

function envPairs(text: string): KeyValue[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, '').trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const equals = line.indexOf('=');
      return { key: equals < 0 ? line : line.slice(0, equals), value: Buffer.from(equals < 0 ? '' : line.slice(equals + 1)) };
    });
}

function literalPair(source: string): KeyValue {
  const equals = source.indexOf('=');
  if (equals <= 0) throw new KustomizeError(`invalid literal source ${source}, expected key=value`);
  return { key: source.slice(0, equals), value: Buffer.from(unquoted(source.slice(equals + 1))) };
}

function unquoted(text: string): string {
  const quote = text[0];
  return text.length >= 2 && (quote === '"' || quote === "'") && text.endsWith(quote) ? text.slice(1, -1) : text;
}

function filePair(folder: Folder, source: string): KeyValue {
  const [key = '', path, ...more] = source.split('=');
  if (path === undefined) return { key: source.split('/').at(-1) ?? source, value: folder.loadBytes(source) };
  if (more.length > 0) throw new KustomizeError(`source ${JSON.stringify(source)} key name or file path contains '='`);
  if (key === '') throw new KustomizeError(`missing key name for file path ${JSON.stringify(path)} in source ${JSON.stringify(source)}`);
  if (path === '') throw new KustomizeError(`missing file path for key name ${JSON.stringify(key)} in source ${JSON.stringify(source)}`);
  return { key, value: folder.loadBytes(path) };
}

function checked(pair: KeyValue): KeyValue {
  if (!/^[-._a-zA-Z0-9]+$/.test(pair.key)) throw new KustomizeError(`${JSON.stringify(pair.key)} is not a valid key name`);
  return pair;
}
