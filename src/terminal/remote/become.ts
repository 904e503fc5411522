import { type Credentials, ExecError, type Process, type Program, type SpawnOptions } from '../../machine/index.ts';
import { DEFAULT_PATH } from '../../machine/processes/lookup.ts';
import { defineCommand } from '../define-command.ts';
import { homeOf, loginEnvironment, loginShell } from './neighbours.ts';

const SUDO_GROUP = 27;

interface SudoRequest {
  user: string;
  login: boolean;
  shell: boolean;
  keepEnvironment: boolean;
  list: boolean;
  readonly variables: [string, string][];
  command: readonly string[];
}

const SUDO_USAGE =
  'usage: sudo -h | -K | -k | -V\nusage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]\nusage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user]\n            [-u user] [command [arg ...]]\nusage: sudo [-ABbEHkNnPS] [-C num] [-D directory] [-g group] [-h host] [-p\n            prompt] [-R directory] [-T timeout] [-u user] [VAR=value] [-i |\n            -s] [command [arg ...]]\n';

export const sudo = defineCommand({
  names: ['sudo'],
  async run(process) {
    const request = parseSudo(process.argv.slice(1));
    const { credentials, machine } = process;
    if (request.command.length === 0 && !request.login && !request.shell && !request.list) {
      await process.error(SUDO_USAGE);
      return 1;
    }
    if (credentials.uid !== 0 && !credentials.groups.includes(SUDO_GROUP)) {
      await process.error(`${credentials.user} is not in the sudoers file.\n`);
      return 1;
    }
    const target = machine.users.find(/^#\d+$/.test(request.user) ? Number(request.user.slice(1)) : request.user);
    if (!target) {
      await process.error(`sudo: unknown user ${request.user}\nsudo: error initializing audit plugin sudoers_audit\n`);
      return 1;
    }
    if (request.list) {
      await process.print(`User ${credentials.user} may run the following commands on ${machine.hostname}:\n    (ALL : ALL) NOPASSWD: ALL\n`);
      return 0;
    }
    return runSudo(process, request, target);
  },
});

function parseSudo(args: readonly string[]): SudoRequest {
  const request: SudoRequest = { user: 'root', login: false, shell: false, keepEnvironment: false, list: false, variables: [], command: [] };
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i] ?? '';
    const variable = /^([A-Za-z_]\w*)=(.*)$/s.exec(arg);
    if (variable) request.variables.push([variable[1] ?? '', variable[2] ?? '']);
    else if (arg === '--') {
      i++;
      break;
    } else if (arg === '-u' || arg === '--user') request.user = args[++i] ?? '';
    else if (arg.startsWith('--user=')) request.user = arg.slice(7);
    else if (['-g', '-p', '-C', '-D', '-h', '-R', '-T', '-U'].includes(arg)) i++;
    else if (/^-u./.test(arg)) request.user = arg.slice(2);
    else if (/^-[a-zA-Z]+$/.test(arg) || arg.startsWith('--')) {
      request.login ||= arg === '--login' || (!arg.startsWith('--') && arg.includes('i'));
      request.shell ||= arg === '--shell' || (!arg.startsWith('--') && arg.includes('s'));
      request.keepEnvironment ||= arg.startsWith('--preserve-env') || (!arg.startsWith('--') && arg.includes('E'));
      request.list ||= arg === '-l' || arg === '--list';
    } else break;
  }
  request.command = args.slice(i);
  return request;
}

async function runSudo(process: Process, request: SudoRequest, target: Credentials): Promise<number> {
  const shell = loginShell(process.machine, target.user);
  const sudoer = { SUDO_USER: process.credentials.user, SUDO_UID: String(process.credentials.uid), SUDO_GID: String(process.credentials.gid) };
  const fresh = loginEnvironment(target, shell?.path ?? '/bin/sh', { TERM: process.env.get('TERM'), ...(request.login ? {} : sudoer) });
  const env = request.keepEnvironment ? new Map([...process.env, ['PATH', DEFAULT_PATH], ...Object.entries(sudoer)] as [string, string][]) : fresh;
  for (const [name, value] of request.variables) env.set(name, value);
  const options = { env, credentials: target, ...(request.login ? { cwd: homeOf(process.machine, target) } : {}) };
  if ((request.login || request.shell) && shell) {
    const name = request.login ? `-${shell.path.replace(/.*\//, '')}` : shell.path;
    const argv = request.command.length > 0 ? [name, '-c', request.command.join(' ')] : [name];
    return runAs(process, { ...options, program: shell.program, argv }, request.command.length === 0);
  }
  const [name = ''] = request.command;
  try {
    return await runAs(process, { ...options, argv: request.command }, ['bash', 'sh', 'su'].includes(name.replace(/.*\//, '')));
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    await process.error(error.code === 127 ? `sudo: ${name}: command not found\n` : `sudo: unable to execute ${name}: ${error.message}\n`);
    return 1;
  }
}

/** A shell on the terminal gets a process group of its own, so that its ^C does not end who started it. */
async function runAs(process: Process, options: SpawnOptions, interactive: boolean): Promise<number> {
  const { tty } = process;
  const leads = interactive && tty?.foreground === process.pgid;
  const child = process.spawn({ ...options, ...(leads ? { pgid: 'new' as const } : {}) });
  if (leads && tty) tty.foreground = child.pgid;
  const { code } = await child.exited;
  if (leads && tty) tty.foreground = process.pgid;
  return code;
}

export const su = defineCommand({
  names: ['su'],
  async run(process) {
    const args = process.argv.slice(1);
    const login = args.some((a) => a === '-' || a === '-l' || a === '--login');
    const at = args.findIndex((a) => a === '-c' || a === '--command');
    const command = at < 0 ? undefined : args[at + 1];
    const [user = 'root'] = args.filter((a, i) => !a.startsWith('-') && (at < 0 || i !== at + 1));
    const target = process.machine.users.find(user);
    if (!target) {
      await process.error(`su: user ${user} does not exist or the user entry does not contain all the required fields\n`);
      return 1;
    }
    if (process.credentials.uid !== 0) {
      await process.error('Password: ');
      await process.stdin.read();
      await process.error('\nsu: Authentication failure\n');
      return 1;
    }
    const shell = loginShell(process.machine, user);
    if (!shell) {
      await process.error('su: failed to execute /bin/bash: No such file or directory\n');
      return 127;
    }
    return runAs(process, suOptions(process, target, shell, login, command), command === undefined);
  },
});

function suOptions(
  process: Process,
  target: Credentials,
  shell: { path: string; program: Program },
  login: boolean,
  command: string | undefined,
): SpawnOptions {
  const fresh = loginEnvironment(target, shell.path, { TERM: process.env.get('TERM') });
  const env = login
    ? fresh
    : new Map([...process.env, ['HOME', target.home], ['SHELL', shell.path], ['USER', target.user], ['LOGNAME', target.user]] as [string, string][]);
  const name = login ? `-${shell.path.replace(/.*\//, '')}` : shell.path;
  return {
    program: shell.program,
    argv: command === undefined ? [name] : [name, '-c', command],
    env,
    credentials: target,
    ...(login ? { cwd: homeOf(process.machine, target) } : {}),
  };
}
