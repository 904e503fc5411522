import { FileError, type Process } from '../../machine/index.ts';

/** The user's own editor, lent by whoever built the world; `text` is null when nothing was saved. */
export type OwnEditor = (text: string, name: string) => Promise<{ text: string | null; code: number }>;

const isEditor = (value: unknown): value is OwnEditor => typeof value === 'function';

/** Edits the files in the user's own editor, one after the other, and returns its status; undefined where the built-in editor must do. */
export async function editWithOwn(process: Process, paths: readonly string[]): Promise<number | undefined> {
  const editor = process.machine.facilities.get('editor');
  if (!isEditor(editor) || !process.stdin.tty || !process.stdout.tty || paths.length === 0) return undefined;
  const files = process.machine.files.as(process.credentials);
  const texts = paths.map((path) => readable(() => files.readText(process.path(path))));
  if (texts.includes(undefined)) return undefined;
  let status = 0;
  for (const [i, path] of paths.entries()) {
    const given = texts[i] ?? '';
    const { text, code } = await editor(given, process.path(path));
    status = code;
    if (text === null) continue;
    if (!(await writeBack(process, path, text))) status = status || 1;
  }
  return status;
}

/** A file that is not there yet is empty; one that cannot be edited as text is undefined. */
function readable(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FileError) return error.code === 'ENOENT' ? '' : undefined;
    throw error;
  }
}

async function writeBack(process: Process, path: string, text: string): Promise<boolean> {
  const files = process.machine.files.as(process.credentials);
  try {
    files.write(process.path(path), text);
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await process.error(`"${path}" E212: Can't open file for writing\n`);
    return false;
  }
}
