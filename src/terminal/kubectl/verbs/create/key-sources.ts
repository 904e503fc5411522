import { isEnvVarName } from '../../../../api/machinery/names.ts';
import { messageOf, UsageError } from '../../errors.ts';
import { array, bool, strings } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';

export const keySourceFlags = {
  'append-hash': bool('', 'End the name with a hash of the content.'),
  'from-env-file': strings('', 'File with lines of key=value.'),
  'from-file': strings('', 'File or folder whose content becomes a value; key=path gives the key.'),
  'from-literal': array('', 'A key and its value: key=value.'),
};

export interface KeySources {
  readonly 'from-env-file'?: readonly string[];
  readonly 'from-file'?: readonly string[];
  readonly 'from-literal'?: readonly string[];
}

export interface Entry {
  readonly key: string;
  readonly value: Buffer;
}

export function checkSources(sources: KeySources): void {
  if (sources['from-env-file']?.length && (sources['from-file']?.length || sources['from-literal']?.length))
    throw new UsageError('from-env-file cannot be combined with from-file or from-literal');
}

/** `key=value`. */
export function literalEntry(source: string): Entry {
  const equals = source.indexOf('=');
  if (equals <= 0) throw new UsageError(`invalid literal source ${source}, expected key=value`);
  return { key: source.slice(0, equals), value: Buffer.from(source.slice(equals + 1)) };
}

/** A file by its own name or under a key, or every plain file of a folder. */
export function fileEntries(kubectl: Invocation, source: string): Entry[] {
  const { key, path } = fileSource(source);
  const at = kubectl.process.path(path);
  const isFolder = statOf(kubectl, path).type === 'directory';
  if (!isFolder) return [{ key, value: kubectl.readFile(path) }];
  if (source.includes('=')) throw new UsageError('cannot give a key name for a directory path');
  const files = [...kubectl.files.list(at)].sort().filter((name) => kubectl.files.lstat(`${at}/${name}`).type === 'file');
  return files.map((name) => ({ key: name, value: kubectl.readFile(`${path.replace(/\/$/, '')}/${name}`) }));
}

function statOf(kubectl: Invocation, path: string) {
  try {
    return kubectl.files.stat(kubectl.process.path(path));
  } catch (error) {
    throw new UsageError(`error reading ${path}: ${messageOf(error).toLowerCase()}`);
  }
}

function fileSource(source: string): { key: string; path: string } {
  const parts = source.split('=');
  const [first = '', second = ''] = parts;
  if (parts.length === 1) return { key: source.replace(/\/+$/, '').split('/').at(-1) ?? '', path: source };
  if (parts.length > 2) throw new UsageError("key names or file paths cannot contain '='");
  if (!first) throw new UsageError(`key name for file path ${second} missing`);
  if (!second) throw new UsageError(`file path for key name ${first} missing`);
  return { key: first, path: second };
}

/** Lines of key=value; a key alone takes its value from the environment. `what` is config or secret. */
export function envFileEntries(kubectl: Invocation, path: string, what: string): Entry[] {
  if (statOf(kubectl, path).type === 'directory') throw new UsageError(`env ${what} file cannot be a directory`);
  const lines = kubectl
    .readText(path)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  return lines.flatMap((line) => {
    const text = line.trimStart();
    if (text === '' || text.startsWith('#')) return [];
    const equals = text.indexOf('=');
    const key = equals < 0 ? text : text.slice(0, equals);
    const findings = isEnvVarName(key);
    if (findings.length > 0) throw new UsageError(`${JSON.stringify(key)} is not a valid key name: ${findings.join(';')}`);
    return [{ key, value: Buffer.from(equals < 0 ? (kubectl.process.env.get(key) ?? '') : text.slice(equals + 1)) }];
  });
}
