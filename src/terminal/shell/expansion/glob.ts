import type { Files } from '../../../machine/index.ts';
import { hasWildcard, matches, unescapePattern } from './pattern.ts';

export interface GlobOptions {
  readonly dotglob?: boolean;
  readonly nocase?: boolean;
  readonly globstar?: boolean;
}

/** The paths that match, sorted; `pattern` has its quoted characters behind backslashes. */
export function glob(files: Files, cwd: string, pattern: string, options: GlobOptions = {}): string[] {
  const absolute = pattern.startsWith('/');
  const segments = pattern.split(/\/+/).filter((s, i) => s !== '' || i > 0);
  let found = [absolute ? '/' : ''];
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1;
    if (segment === '') found = found.filter((f) => isDirectory(files, cwd, f)).map((f) => (f.endsWith('/') ? f : `${f}/`));
    else found = found.flatMap((base) => step(files, cwd, base, segment, last, options));
  }
  return found.sort(collate);
}

function step(files: Files, cwd: string, base: string, segment: string, last: boolean, options: GlobOptions): string[] {
  const join = (name: string) => (base === '' || base.endsWith('/') ? base + name : `${base}/${name}`);
  if (segment === '**' && options.globstar) return descend(files, cwd, base, last, join);
  if (!hasWildcard(segment)) {
    const path = join(unescapePattern(segment));
    return exists(files, full(cwd, path)) ? [path] : [];
  }
  const hidden = segment.startsWith('.') || options.dotglob;
  return list(files, full(cwd, base))
    .filter((name) => (hidden || !name.startsWith('.')) && matches(segment, name, options.nocase ? 'i' : ''))
    .map(join)
    .filter((path) => last || isDirectory(files, cwd, path));
}

function descend(files: Files, cwd: string, base: string, last: boolean, join: (name: string) => string): string[] {
  const result = last || base === '' ? (base === '' && last ? [] : [base]) : [base];
  for (const name of list(files, full(cwd, base))) {
    if (name.startsWith('.')) continue;
    const path = join(name);
    if (isDirectory(files, cwd, path)) {
      result.push(...descend(files, cwd, path, last, (n) => `${path}/${n}`));
    } else if (last) result.push(path);
  }
  return result;
}

const full = (cwd: string, path: string) => (path.startsWith('/') ? path : `${cwd}/${path}`);

function list(files: Files, path: string): string[] {
  try {
    return files.list(path);
  } catch {
    return [];
  }
}

function exists(files: Files, path: string): boolean {
  try {
    files.lstat(path);
    return true;
  } catch {
    return false;
  }
}

function isDirectory(files: Files, cwd: string, path: string): boolean {
  try {
    return files.stat(full(cwd, path)).type === 'directory';
  } catch {
    return false;
  }
}

const collate = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
