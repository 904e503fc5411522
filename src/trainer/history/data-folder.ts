import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ContentError } from '../content-error.ts';

/** Where attempts and settings live: $KUBEPROCTOR_DATA, else $XDG_DATA_HOME/kubeproctor, else ~/.local/share/kubeproctor. Made when missing. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder = env.KUBEPROCTOR_DATA ?? join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'kubeproctor');
  try {
    mkdirSync(join(folder, 'attempts'), { recursive: true });
    accessSync(join(folder, 'attempts'), constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ContentError(folder, undefined, `attempts cannot be written here (${reason}); point KUBEPROCTOR_DATA at a folder you may write to`);
  }
  return folder;
}
