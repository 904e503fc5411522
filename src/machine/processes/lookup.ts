import { FileError, type Files, type Stat } from '../files.ts';
import { ExecError } from '../process.ts';
import type { Program } from '../program.ts';

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The file a command name stands for: as it is when it holds a slash, else the first executable on PATH. */
export function findOnPath(files: Files, name: string, path: string, absolute: (path: string) => string): string | undefined {
  if (name.includes('/')) return absolute(name);
  let refused: string | undefined;
  for (const directory of path.split(':')) {
    const candidate = absolute(`${directory || '.'}/${name}`);
    const stat = tryStat(files, candidate);
    if (stat?.type !== 'file') continue;
    if (executable(files, candidate)) return candidate;
    refused ??= candidate;
  }
  return refused;
}

/** What the kernel would run for this file: a program, or the interpreter that its first line names. */
export function resolveExecutable(
  files: Files,
  path: string,
  argv: readonly string[],
  { shown = path, depth = 0 } = {},
): { program: Program; argv: readonly string[] } {
  const stat = statOrRefuse(files, path);
  if (stat.type === 'directory' || !executable(files, path))
    throw new ExecError(126, stat.type === 'directory' ? 'Is a directory' : 'Permission denied');
  if (stat.program) return { program: stat.program, argv };
  const [first = ''] = files.readText(path).split('\n', 1);
  const [, interpreter, argument] = /^#!\s*(\S+)(?:\s+(.*\S))?/.exec(first) ?? [];
  if (!interpreter) throw new ExecError(126, 'Exec format error');
  if (depth > 4) throw new ExecError(126, 'Too many levels of symbolic links');
  const inner = [interpreter, ...(argument ? [argument] : []), shown, ...argv.slice(1)];
  try {
    return resolveExecutable(files, interpreter, inner, { depth: depth + 1 });
  } catch (error) {
    if (error instanceof ExecError && error.code === 127) throw new ExecError(127, `${interpreter}: bad interpreter: No such file or directory`);
    throw error;
  }
}

function executable(files: Files, path: string): boolean {
  const stat = tryStat(files, path);
  return stat !== undefined && mayExecute(files, stat);
}

/** Files seen as someone know the answer only by trying; the mode decides for root. */
function mayExecute(files: Files, stat: Stat): boolean {
  const who = files.credentials;
  if (!who || who.uid === 0) return (stat.mode & 0o111) !== 0;
  const shift = stat.uid === who.uid ? 6 : stat.gid === who.gid || who.groups.includes(stat.gid) ? 3 : 0;
  return ((stat.mode >> shift) & 1) !== 0;
}

function tryStat(files: Files, path: string): Stat | undefined {
  try {
    return files.stat(path);
  } catch {
    return undefined;
  }
}

function statOrRefuse(files: Files, path: string): Stat {
  try {
    return files.stat(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new ExecError(error.code === 'ENOENT' ? 127 : 126, error.message);
  }
}
