import { FileError, type Process, type Program } from '../../machine/index.ts';
import { DEFAULT_PATH } from '../../machine/processes/lookup.ts';
import { runSourced } from './builtins/flow.ts';
import { registerBuiltins } from './builtins/index.ts';
import { readLine } from './builtins/read-line.ts';
import { applyOptions } from './builtins/settings.ts';
import { interact } from './interactive.ts';
import { live } from './run/fork.ts';
import { runScript } from './run/script.ts';
import { Shell } from './shell.ts';
import { parseNext } from './syntax/parser.ts';
import { createReader } from './syntax/reader.ts';
import { Incomplete } from './syntax/scanner.ts';

export const bash: Program = { name: 'bash', run: (process) => main(process, false) };
export const sh: Program = { name: 'sh', run: (process) => main(process, true) };

interface Invocation {
  command?: string;
  interactive: boolean;
  login: boolean;
  readsStdin: boolean;
  noRc: boolean;
  rest: readonly string[];
}

async function main(process: Process, posix: boolean): Promise<number> {
  registerBuiltins();
  const shell = new Shell(process);
  shell.posix = posix;
  const invocation = await parseArguments(shell, process.argv.slice(1));
  if (!invocation) return 2;
  importEnvironment(shell);
  const { command, rest } = invocation;
  shell.isLogin = invocation.login || (process.argv[0] ?? '').startsWith('-');
  shell.name = posix ? 'sh' : 'bash';
  if (command !== undefined) return live(shell, () => runCommandString(shell, command, rest, invocation));
  const [file, ...args] = rest;
  if (file !== undefined && !invocation.readsStdin) return live(shell, () => runFile(shell, file, args));
  shell.positional = [...rest];
  if (invocation.interactive || (process.stdin.tty && process.stderr.tty)) return live(shell, () => interact(shell, invocation));
  return live(shell, async () => {
    await loadProfile(shell, invocation);
    return runStdin(shell);
  });
}

async function parseArguments(shell: Shell, args: readonly string[]): Promise<Invocation | undefined> {
  const result: Invocation = { interactive: false, login: false, readsStdin: false, noRc: false, rest: [] };
  let wantsCommand = false;
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--' || arg === '-') {
      i++;
      break;
    }
    if (!/^[-+]./.test(arg)) break;
    if (arg === '--login') result.login = true;
    else if (arg === '--norc' || arg === '--noprofile') result.noRc = true;
    else if (arg === '--posix') shell.posix = true;
    else if (arg.startsWith('--')) {
      await shell.error(`${shell.name}: ${arg}: invalid option\n`);
      return undefined;
    } else {
      for (const letter of arg.slice(1)) {
        if (letter === 'c') wantsCommand = true;
        else if (letter === 'i') result.interactive = true;
        else if (letter === 'l') result.login = true;
        else if (letter === 's') result.readsStdin = true;
        else if (letter === 'O') shell.shopts.add(args[++i] ?? '');
        else if ((await applyOptions(shell, letter === 'o' ? [`${arg[0]}o`, args[++i] ?? ''] : [`${arg[0]}${letter}`])) !== 0) return undefined;
      }
    }
  }
  const [command, ...rest] = args.slice(i);
  if (!wantsCommand) return { ...result, rest: args.slice(i) };
  if (command !== undefined) return { ...result, command, rest };
  await shell.error(`${shell.name}: -c: option requires an argument\n`);
  return undefined;
}

function importEnvironment(shell: Shell): void {
  const { process, variables } = shell;
  for (const [name, value] of process.env) if (/^[A-Za-z_]\w*$/.test(name)) Object.assign(variables.writable(name), { value, exported: true });
  const exported = (name: string, value: string) => Object.assign(variables.writable(name), { value, exported: true });
  exported('PWD', process.cwd);
  exported('SHLVL', String(Number(variables.get('SHLVL') ?? 0) + 1));
  if (variables.get('HOME') === undefined) variables.set('HOME', process.credentials.home);
  if (variables.get('PATH') === undefined) variables.set('PATH', DEFAULT_PATH);
  variables.set('IFS', ' \t\n');
  variables.set('OPTIND', '1');
  variables.set('PS4', '+ ');
  if (shell.posix) return;
  const fixed: Record<string, string> = {
    BASH: '/usr/bin/bash',
    BASH_VERSION: '5.2.21(1)-release',
    HOSTNAME: process.machine.hostname,
    HOSTTYPE: 'x86_64',
    MACHTYPE: 'x86_64-pc-linux-gnu',
    OSTYPE: 'linux-gnu',
  };
  for (const [name, value] of Object.entries(fixed)) variables.set(name, value);
  variables.writable('BASH_VERSINFO').list = new Map(['5', '2', '21', '1', 'release', 'x86_64-pc-linux-gnu'].map((v, i) => [i, v]));
  computeVariables(shell);
}

function computeVariables({ process, variables, startedAt }: Shell): void {
  const random = process.clock.random.fork(`bash${process.pid}`);
  const { computed } = variables;
  computed.set('RANDOM', () => String(random.int(32768)));
  computed.set('SRANDOM', () => String(random.int(2 ** 31)));
  computed.set('SECONDS', () => String(Math.floor((process.clock.now() - startedAt) / 1000)));
  computed.set('EPOCHSECONDS', () => String(Math.floor(process.clock.now() / 1000)));
  computed.set('EPOCHREALTIME', () => (process.clock.now() / 1000).toFixed(6));
  computed.set('BASHPID', () => String(process.pid));
  computed.set('BASH_SUBSHELL', () => '0');
  computed.set('PPID', () => String(process.ppid));
  computed.set('UID', () => String(process.credentials.uid));
  computed.set('EUID', () => String(process.credentials.uid));
}

async function runCommandString(shell: Shell, command: string, rest: readonly string[], invocation: Invocation): Promise<number> {
  const [name, ...args] = rest;
  if (name !== undefined) shell.name = name;
  shell.positional = args;
  shell.variables.computed.set('BASH_EXECUTION_STRING', () => command);
  shell.lineNumbers();
  if (invocation.login) await loadProfile(shell, invocation);
  return runScript(shell, command, { from: '-c' });
}

async function loadProfile(shell: Shell, { login, noRc }: Pick<Invocation, 'login' | 'noRc'>): Promise<void> {
  if (!login || noRc) return;
  const home = shell.variables.get('HOME') ?? '/';
  for (const path of ['/etc/profile', `${home}/.profile`]) await sourceIfThere(shell, path);
}

export async function sourceIfThere(shell: Shell, path: string): Promise<void> {
  const files = shell.process.machine.files.as(shell.process.credentials);
  if (files.exists(path) && files.stat(path).type === 'file') await runSourced(shell, files.readText(path));
}

async function runFile(shell: Shell, file: string, args: readonly string[]): Promise<number> {
  const { process } = shell;
  const name = shell.name;
  try {
    const files = process.machine.files.as(process.credentials);
    const path = process.path(file);
    if (files.exists(path) && files.stat(path).type === 'directory') {
      await shell.error(`${name}: ${file}: Is a directory\n`);
      return 126;
    }
    if (files.exists(path) && files.stat(path).program) {
      await shell.error(`${name}: ${file}: cannot execute binary file\n`);
      return 126;
    }
    const text = files.readText(path);
    shell.name = file;
    shell.positional = [...args];
    shell.lineNumbers();
    return await runScript(shell, text);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await shell.error(`${name}: ${file}: ${error.message}\n`);
    return error.code === 'ENOENT' ? 127 : 126;
  }
}

/** Line by line, so that commands may read the input that follows them. */
async function runStdin(shell: Shell): Promise<number> {
  let text = '';
  let line = 1;
  shell.lineNumbers();
  for (let code = 0; ; ) {
    const next = await readLine(shell);
    if (next !== undefined) {
      text += `${next}\n`;
      if (needsMore(text)) continue;
    }
    if (text !== '') code = await runScript(shell, text, { firstLine: line });
    if (next === undefined) return code;
    line += text.split('\n').length - 1;
    text = '';
  }
}

export function needsMore(text: string, aliases?: (name: string) => string | undefined): boolean {
  if (/(^|[^\\])(\\\\)*\\\n?$/.test(text)) return true;
  try {
    const reader = createReader(text, aliases);
    while (parseNext(reader));
    return false;
  } catch (error) {
    return error instanceof Incomplete;
  }
}
