import { FileError, type Process } from '../../../machine/index.ts';
import { type Command, defineCommand } from '../../define-command.ts';
import { runFullScreen } from '../full-screen.ts';
import type { Key } from '../keys.ts';
import { executeLine } from './ex.ts';
import { session } from './normal.ts';
import { draw } from './screen.ts';
import { applySet } from './set.ts';
import { createVi, type Host, moveTo, type Vi } from './state.ts';
import { loadFile } from './write.ts';

/** A session that takes keys: the model without a screen. */
export function openSession(host: Host, path?: string, prepare: (vi: Vi) => void = () => undefined): { vi: Vi; press(key: Key): void } {
  const vi = createVi(host);
  prepare(vi);
  if (path !== undefined) loadFile(vi, path);
  const dialogue = session(vi);
  dialogue.next();
  return {
    vi,
    press: (key) => {
      dialogue.next(key);
    },
  };
}

export const vi: Command = defineCommand({ names: ['vi', 'vim', 'view', 'vim.basic', 'vim.tiny', 'rvim', 'nvim'], run: runVi });

interface Arguments {
  readonly path: string | undefined;
  readonly commands: readonly string[];
  readonly readonly: boolean;
}

async function runVi(process: Process): Promise<number> {
  const { path, commands, readonly } = parseArguments(process);
  const host = hostOf(process);
  const opened = openSession(host, path, (model) => {
    prepareSettings(model, process, path);
    model.settings.readonly = readonly;
  });
  if (!process.stdout.tty) await process.error('Vim: Warning: Output is not to a terminal\n');
  for (const command of commands) executeLine(opened.vi, command);
  const app = {
    press: opened.press,
    draw: ({ columns, rows }: { columns: number; rows: number }) => draw(opened.vi, columns, rows),
    get finished() {
      return opened.vi.finished;
    },
  };
  if (!opened.vi.finished) await runFullScreen(process, app);
  return opened.vi.exitCode;
}

function parseArguments(process: Process): Arguments {
  const words = process.argv.slice(1);
  const commands: string[] = [];
  const paths: string[] = [];
  let readonly = /(^|\/)view$/.test(process.argv[0] ?? '');
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-c') commands.push(words.shift() ?? '');
    else if (word.startsWith('+')) commands.push(word === '+' ? '$' : word.slice(1));
    else if (word === '-R') readonly = true;
    else if (word === '-u' || word === '-i') words.shift();
    else if (word === '--') paths.push(...words.splice(0));
    else if (!word.startsWith('-')) paths.push(word);
  }
  return { path: paths[0], commands, readonly };
}

/** ~/.vimrc, then what the file type brings along. */
function prepareSettings(model: Vi, process: Process, path: string | undefined): void {
  const rc = ['.vimrc', '.exrc'].map((name) => `${process.credentials.home}/${name}`).find((file) => process.machine.files.exists(file));
  if (/\.ya?ml$/.test(path ?? '')) applySet(model, 'expandtab shiftwidth=2 softtabstop=2 autoindent');
  if (rc === undefined) return;
  for (const line of process.machine.files.readText(rc).split('\n')) {
    const command = line.trim();
    if (command !== '' && !command.startsWith('"')) executeLine(model, command);
  }
  model.message = '';
  moveTo(model, { row: 0, col: 0 });
}

function hostOf(process: Process): Host {
  const files = process.machine.files.as(process.credentials);
  const full = (path: string) => process.path(path.replace(/^~(?=\/|$)/, process.credentials.home));
  return {
    exists: (path) => files.exists(full(path)),
    read: (path) => (files.exists(full(path)) && files.stat(full(path)).type !== 'directory' ? files.readText(full(path)) : undefined),
    write(path, text) {
      try {
        files.write(full(path), text);
      } catch (error) {
        if (error instanceof FileError) throw new Error(`"${path}" E212: Can't open file for writing`);
        throw error;
      }
    },
  };
}
