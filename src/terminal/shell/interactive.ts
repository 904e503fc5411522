import type { Process } from '../../machine/index.ts';
import { readLine } from './builtins/read-line.ts';
import { type Entered, LineEditor } from './editor/line-editor.ts';
import { expandText } from './expansion/expand.ts';
import { expandHistory, loadHistory, remember, saveHistory } from './history.ts';
import { needsMore, sourceIfThere } from './program.ts';
import { expandPrompt } from './prompt.ts';
import { notifyJobs } from './run/jobs.ts';
import { runScript } from './run/script.ts';
import type { Shell } from './shell.ts';
import { Interrupted, LoopJump, Return, ShellFailure } from './signals-of-flow.ts';
import { createReader } from './syntax/reader.ts';
import { doubleQuotes } from './syntax/words.ts';

/** Prompt, read, run, until the user leaves. */
export async function interact(shell: Shell, { login, noRc }: { login: boolean; noRc: boolean }): Promise<number> {
  prepare(shell);
  if (!noRc) await startupFiles(shell, login || shell.isLogin);
  loadHistory(shell);
  try {
    for (;;) {
      await notifyJobs(shell);
      const command = await guarded(shell, () => readCommand(shell));
      if (command === 'eof') break;
      if (typeof command === 'string') await guarded(shell, () => runScript(shell, command));
    }
    await shell.error(`${shell.posix ? '' : farewell(shell)}\n`);
    return shell.status;
  } finally {
    saveHistory(shell);
  }
}

const farewell = (shell: Shell): string => (shell.isLogin ? 'logout' : 'exit');

function prepare(shell: Shell): void {
  const { process } = shell;
  shell.interactive = true;
  for (const option of ['monitor', 'history', 'histexpand', 'emacs']) shell.options.add(option);
  for (const option of ['expand_aliases', 'checkwinsize']) shell.shopts.add(option);
  if (process.tty) process.tty.foreground = process.pgid;
  process.on('SIGINT', () => {
    shell.interrupted = true;
    for (const wake of shell.wakers.splice(0)) wake();
  });
  for (const signal of ['SIGTERM', 'SIGQUIT', 'SIGTSTP'] as const) process.on(signal, () => undefined);
  if (shell.variables.get('PS1') === undefined) shell.variables.set('PS1', shell.posix ? plainPrompt(process) : '\\u@\\h:\\w\\$ ');
  if (shell.variables.get('PS2') === undefined) shell.variables.set('PS2', '> ');
}

/** As dash greets, and as busybox does. */
function plainPrompt({ machine, credentials }: Process): string {
  if (machine.facilities.get('userland') === 'busybox') return '\\w \\$ ';
  return credentials.uid === 0 ? '# ' : '$ ';
}

async function startupFiles(shell: Shell, login: boolean): Promise<void> {
  const home = shell.variables.get('HOME') ?? '/';
  const files = shell.process.machine.files;
  const personal = ['.bash_profile', '.bash_login', '.profile'].map((n) => `${home}/${n}`).find((p) => files.exists(p));
  const rc = ['/etc/bash.bashrc', `${home}/.bashrc`];
  const wanted = shell.posix ? [] : login ? ['/etc/profile', personal ?? `${home}/.bashrc`] : rc;
  for (const path of wanted) await guarded(shell, () => sourceIfThere(shell, path));
}

/** Nothing but the end of the shell gets past a prompt. */
async function guarded<T>(shell: Shell, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    shell.loopDepth = 0;
    shell.conditionDepth = 0;
    if (error instanceof Interrupted) shell.status = 130;
    else if (error instanceof ShellFailure) {
      await shell.complain(error.message);
      shell.status = error.code;
    } else if (error instanceof Return || error instanceof LoopJump) shell.status = 1;
    else throw error;
    shell.interrupted = false;
    return undefined;
  }
}

/** A whole command: more lines are asked for until it is complete. */
async function readCommand(shell: Shell): Promise<string | 'eof' | undefined> {
  const hook = shell.variables.get('PROMPT_COMMAND');
  if (hook) {
    const { status } = shell;
    await runScript(shell, hook);
    shell.status = status;
  }
  shell.interrupted = false;
  let text = '';
  for (let prompt = 'PS1'; ; prompt = 'PS2') {
    const entered = await readEntered(shell, await promptOf(shell, prompt));
    if (entered === 'eof') return text === '' ? 'eof' : finished(shell, text);
    if (entered === 'interrupted') {
      shell.status = 130;
      return undefined;
    }
    const expanded = expandHistory(shell, entered.text);
    if ('missing' in expanded) {
      await shell.error(`${shell.messagePrefix}${expanded.missing}\n`);
      return undefined;
    }
    if (expanded.changed) await shell.error(`${expanded.text}\n`);
    text += `${expanded.text}\n`;
    if (!needsMore(text, (name) => shell.aliases.get(name))) return finished(shell, text);
  }
}

function finished(shell: Shell, text: string): string {
  remember(shell, text.replace(/\n$/, ''));
  return text;
}

async function promptOf(shell: Shell, name: string): Promise<string> {
  const text = expandPrompt(shell, shell.variables.get(name) ?? '');
  if (!/[$`]/.test(text.replace(/\$ *$/, ''))) return text;
  const reader = createReader(`"${text.replace(/"/g, '\\"')}"`);
  const { status } = shell;
  const shown = await expandText(shell, { parts: [doubleQuotes(reader)] });
  shell.status = status;
  return shown;
}

async function readEntered(shell: Shell, prompt: string): Promise<Entered> {
  if (shell.process.stdin.tty) return new LineEditor(shell, prompt).read();
  await shell.error(prompt.replace(/[\x01\x02]/g, ''));
  const line = await readLine(shell);
  return line === undefined ? 'eof' : { text: line };
}
