import { FileError, type Process } from '../../../machine/index.ts';
import { type Command, defineCommand } from '../../define-command.ts';
import { runFullScreen } from '../full-screen.ts';
import { createKeyReader, type Key } from '../keys.ts';
import { editWithOwn } from '../own-editor.ts';
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
  readonly paths: readonly string[];
  readonly commands: readonly string[];
  readonly readonly: boolean;
}

async function runVi(process: Process): Promise<number> {
  const given = parseArguments(process);
  const scripted = given.commands.some((command) => !/^(\d+|\$|\/.*)$/.test(command));
  const own = given.readonly || scripted ? undefined : await editWithOwn(process, given.paths);
  if (own !== undefined) return own;
  const opened = open(process, given);
  if (!process.stdout.tty) await process.error('Vim: Warning: Output is not to a terminal\n');
  if (!process.stdin.tty) await process.error('Vim: Warning: Input is not from a terminal\n');
  for (const command of given.commands) executeLine(opened.vi, command);
  if (opened.vi.finished) return opened.vi.exitCode;
  if (!process.stdin.tty) return typeFromStream(process, opened);
  await runFullScreen(process, {
    press: opened.press,
    draw: ({ columns, rows }) => draw(opened.vi, columns, rows),
    get finished() {
      return opened.vi.finished;
    },
    get stoppable() {
      return opened.vi.mode === 'normal';
    },
  });
  return opened.vi.exitCode;
}

function open(process: Process, { paths: [path], readonly }: Arguments): ReturnType<typeof openSession> {
  return openSession(hostOf(process), path, (model) => {
    prepareSettings(model, process, path);
    model.settings.readonly = readonly;
  });
}

/** Keys from a pipe or a file; when they run out before the session has ended, vim gives up. */
async function typeFromStream(process: Process, { vi: model, press }: ReturnType<typeof openSession>): Promise<number> {
  const readKeys = createKeyReader();
  const decoder = new TextDecoder();
  for (let chunk = await process.stdin.read(); chunk; chunk = await process.stdin.read()) {
    for (const key of readKeys(decoder.decode(chunk, { stream: true }))) {
      press(key);
      if (model.finished) return model.exitCode;
    }
  }
  await process.error('Vim: Error reading input, exiting...\nVim: preserving files...\nVim: Finished.\n');
  return 1;
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
  return { paths, commands, readonly };
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
