import { gunzipSync } from 'node:zlib';
import { FileError, type Source, sourceOf } from '../../machine/index.ts';
import { baseName, joinPath } from './file-name.ts';
import { globRegex } from './glob.ts';
import { compilePatterns, GREP_OPTIONS, type GrepSettings, grepPatternsGiven, readPatterns, wantsColor } from './grep-options.ts';
import { searchInput } from './grep-search.ts';
import { openInput } from './input.ts';
import { PatternError } from './posix-regex.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const grep = defineUtility({
  names: ['grep', 'egrep', 'fgrep', 'rgrep', 'zgrep', 'zegrep', 'zfgrep'],
  options: GREP_OPTIONS,
  failure: 2,
  package: '(GNU grep) 3.11',
  usage: 'grep [OPTION]... PATTERNS [FILE]...',
  hint: () => "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
  rewrite: (args) => args.flatMap((word) => (/^-\d+$/.test(word) ? ['-C', word.slice(1)] : [word])),
  async run(u) {
    const operands = [...u.operands];
    const patterns = await readPatterns(u);
    if (!grepPatternsGiven(u)) {
      const pattern = operands.shift();
      if (pattern === undefined) throw new Failure('', { usage: true });
      patterns.push(...pattern.split('\n'));
    }
    const settings = createSettings(u, patterns);
    const recursive = u.options.has('r') || u.options.has('R') || u.name === 'rgrep';
    const names = operands.length > 0 ? operands : [recursive ? '.' : '-'];
    const labelled = !u.options.has('h') && (u.options.has('H') || names.length > 1 || (recursive && !isPlainFile(u, names[0] ?? '-')));
    let found = false;
    for (const name of names) {
      for (const file of expandInput(u, name, recursive, operands.length === 0)) {
        found = (await searchFile(u, settings, file, labelled)) || found;
        if (found && u.options.has('q')) {
          u.status = 0;
          return;
        }
      }
    }
    if (u.status === 0 && !found) u.status = 1;
  },
});

function createSettings(u: Invocation, patterns: readonly string[]): GrepSettings {
  const context = (key: string) => {
    const value = u.options.last(key, 'C') === undefined ? undefined : (u.options.value(key) ?? u.options.value('C'));
    if (value === undefined) return 0;
    if (!/^\d+$/.test(value)) throw new Failure(`${value}: invalid context length argument`);
    return Number(value);
  };
  const limit = u.options.value('m');
  if (limit !== undefined && !/^-?\d+$/.test(limit)) throw new Failure('invalid max count');
  try {
    return {
      pattern: compilePatterns(u, patterns),
      invert: u.options.has('v'),
      limit: limit === undefined || limit.startsWith('-') ? Number.POSITIVE_INFINITY : Number(limit),
      before: context('B'),
      after: context('A'),
      color: wantsColor(u),
      terminator: u.options.has('z') ? '\0' : '\n',
    };
  } catch (error) {
    if (error instanceof PatternError) throw new Failure(error.message);
    throw error;
  }
}

function isPlainFile(u: Invocation, name: string): boolean {
  const path = u.process.path(name);
  return name !== '-' && u.files.exists(path) && u.files.stat(path).type !== 'directory';
}

function expandInput(u: Invocation, name: string, recursive: boolean, bare: boolean): string[] {
  const path = u.process.path(name);
  if (!recursive || name === '-' || !u.files.exists(path) || u.files.stat(path).type !== 'directory') return [name];
  return walk(u, name, path, bare);
}

function walk(u: Invocation, shown: string, path: string, bare: boolean): string[] {
  return u.files.list(path).flatMap((entry) => {
    const full = joinPath(path, entry);
    const label = bare ? entry : joinPath(shown, entry);
    const { type } = u.files.lstat(full);
    const kind = type === 'symlink' && u.options.has('R') && u.files.exists(full) ? u.files.stat(full).type : type;
    if (kind === 'directory') return isExcludedDirectory(u, entry) ? [] : walk(u, label, full, false);
    return kind === 'file' && isIncluded(u, entry) ? [label] : [];
  });
}

const matchesGlob = (globs: readonly string[], name: string): boolean => globs.some((glob) => globRegex(glob).test(baseName(name)));
const isExcludedDirectory = (u: Invocation, name: string): boolean => matchesGlob(u.options.values('exclude-dir'), name);

function isIncluded(u: Invocation, name: string): boolean {
  const include = u.options.values('include');
  return !matchesGlob(u.options.values('exclude'), name) && (include.length === 0 || matchesGlob(include, name));
}

async function searchFile(u: Invocation, settings: GrepSettings, name: string, labelled: boolean): Promise<boolean> {
  const shown = name === '-' ? (u.options.value('label') ?? '(standard input)') : name;
  try {
    const selected = await searchInput(u, settings, open(u, name), labelled ? shown : undefined);
    if (u.options.has('c')) await u.print(`${labelled ? `${shown}${u.options.has('Z') ? '\0' : ':'}` : ''}${selected}\n`);
    if (u.options.has('L') ? selected === 0 : u.options.has('l') && selected > 0) await u.print(shown + (u.options.has('Z') ? '\0' : '\n'));
    return u.options.has('L') ? selected === 0 : selected > 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (u.options.has('s')) u.status = 2;
    else await u.complain(`${name}: ${error.message}`);
    return false;
  }
}

function open(u: Invocation, name: string): Source {
  if (!u.name.startsWith('z') || name === '-') return openInput(u.process, name);
  const bytes = u.files.read(u.process.path(name));
  return sourceOf(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes);
}
