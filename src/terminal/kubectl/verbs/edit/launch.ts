import { ExecError } from '../../../../machine/index.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { temporaryPath } from '../../writing/temporary.ts';

export interface EditedFile {
  readonly path: string;
  readonly text: string;
}

/** Puts the text into a temporary file, lets the editor loose on it, and reads what it left. */
export async function launchEditor(kubectl: Invocation, text: string, extension: string): Promise<EditedFile> {
  const path = temporaryPath(kubectl, `kubectl-edit-*${extension}`);
  const { uid, gid } = kubectl.process.credentials;
  kubectl.files.write(path, text, { mode: 0o600, owner: { uid, gid } });
  const { argv, shell } = editorCommand(kubectl.process.env);
  const complete = shell ? [...argv.slice(0, -1), `${argv.at(-1)} ${JSON.stringify(path)}`] : [...argv, path];
  if ((await exitCode(kubectl, complete, argv)) !== 0) throw new UsageError(`there was a problem with the editor ${JSON.stringify(argv.join(' '))}`);
  return { path, text: kubectl.files.readText(path) };
}

/** KUBE_EDITOR, EDITOR or vi; quotes in it are the shell's business. */
function editorCommand(env: ReadonlyMap<string, string>): { argv: readonly string[]; shell: boolean } {
  const editor = env.get('KUBE_EDITOR') || env.get('EDITOR') || 'vi';
  if (!editor.includes(' ')) return { argv: [editor], shell: false };
  if (!/["'\\]/.test(editor)) return { argv: editor.split(' '), shell: false };
  return { argv: [env.get('SHELL') || '/bin/bash', '-c', editor], shell: true };
}

async function exitCode(kubectl: Invocation, argv: readonly string[], editor: readonly string[]): Promise<number> {
  try {
    return (await kubectl.process.spawn({ argv }).exited).code;
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    if (error.code === 127) throw new UsageError(`unable to launch the editor ${JSON.stringify(editor.join(' '))}`);
    return error.code;
  }
}
