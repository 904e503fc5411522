import type { ExitStatus, Machine, Process, Tty } from '../../machine/index.ts';
import { defineCommand } from '../define-command.ts';
import { Terminal } from '../tty/index.ts';
import { homeOf, loginEnvironment, loginShell, type Neighbours, parseTarget, reach } from './neighbours.ts';

const WITH_VALUE = 'bcDEeFIiJLlmOopQRSWw';
const USAGE = `usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface] [-b bind_address]
           [-c cipher_spec] [-D [bind_address:]port] [-E log_file]
           [-e escape_char] [-F configfile] [-I pkcs11] [-i identity_file]
           [-J destination] [-L address] [-l login_name] [-m mac_spec]
           [-O ctl_cmd] [-o option] [-P tag] [-p port] [-Q query_option]
           [-R address] [-S ctl_path] [-W host:port] [-w local_tun[:remote_tun]]
           destination [command [argument ...]]
`;

interface Request {
  readonly target: string;
  readonly login: string | undefined;
  readonly command: readonly string[];
  readonly terminal: 'yes' | 'no' | 'default';
}

export const ssh = defineCommand({
  names: ['ssh'],
  async run(process) {
    const request = parse(process.argv.slice(1));
    if (!request) {
      await process.error(USAGE);
      return 255;
    }
    const reached = await reach(process, request.target, request.login);
    if ('error' in reached) {
      await process.error(`${reached.error}\n`);
      return 255;
    }
    const shell = loginShell(reached.machine, reached.credentials.user);
    if (!shell) {
      await process.error(`Connection to ${parseTarget(request.target).host} closed.\n`);
      return 255;
    }
    const { command, terminal } = request;
    const session = {
      program: shell.program,
      argv: command.length > 0 ? [shell.path, '-c', command.join(' ')] : [`-${shell.path.replace(/.*\//, '')}`],
      credentials: reached.credentials,
      env: loginEnvironment(reached.credentials, shell.path, {
        TERM: process.env.get('TERM'),
        SSH_CONNECTION: '10.0.0.2 51234 10.0.0.3 22',
        SSH_CLIENT: '10.0.0.2 51234 22',
      }),
      cwd: homeOf(reached.machine, reached.credentials),
    };
    const { tty } = process.stdin;
    if (tty && (terminal === 'yes' || (terminal === 'default' && command.length === 0)))
      return onTerminal(process, tty, reached.machine, session, parseTarget(request.target).host);
    if (command.length === 0 && terminal === 'default')
      await process.error('Pseudo-terminal will not be allocated because stdin is not a terminal.\n');
    return plain(process, reached.machine, session);
  },
  complete: ({ process }) => [...((process.machine.facilities.get('ssh') as Neighbours | undefined)?.keys() ?? [])],
});

type Session = Omit<Parameters<Machine['processes']['start']>[0], 'stdin' | 'stdout' | 'stderr' | 'tty'>;

function parse(args: readonly string[]): Request | undefined {
  let login: string | undefined;
  let terminal: Request['terminal'] = 'default';
  let target: string | undefined;
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (!/^-./.test(arg)) {
      if (target !== undefined) break;
      target = arg;
      continue;
    }
    const [, letter = ''] = arg;
    if (letter === 't') terminal = 'yes';
    else if (letter === 'T') terminal = 'no';
    if (!WITH_VALUE.includes(letter)) continue;
    const value = arg.length > 2 ? arg.slice(2) : args[++i];
    if (letter === 'l') login = value;
  }
  return target === undefined ? undefined : { target: target.replace(/^ssh:\/\//, ''), login, command: args.slice(i), terminal };
}

async function plain(process: Process, machine: Machine, session: Session): Promise<number> {
  const { stdin, stdout, stderr } = process;
  const child = machine.processes.start({ ...session, stdin, stdout, stderr, tty: undefined });
  process.signal.addEventListener('abort', () => machine.processes.kill(-child.pgid, 'SIGHUP'), { once: true });
  return codeOf(await child.exited);
}

const codeOf = ({ code, signal }: ExitStatus): number => (signal ? 255 : code);

/** The local terminal goes raw; the far one does the line editing and the signals. */
async function onTerminal(process: Process, tty: Tty, machine: Machine, session: Session, host: string): Promise<number> {
  const far = new Terminal({ ...tty.size, kill: (pgid, signal) => machine.processes.kill(-pgid, signal) });
  const motd = machine.files.exists('/etc/motd') ? machine.files.readText('/etc/motd') : '';
  const wasRaw = tty.raw;
  tty.raw = true;
  far.onOutput((text) => void process.stdout.write(text).catch(() => undefined));
  if (motd) await far.sink.write(motd);
  const stop = tty.onResize(({ columns, rows }) => far.resize(columns, rows));
  const child = machine.processes.start({ ...session, stdin: far.source, stdout: far.sink, stderr: far.sink, tty: far });
  far.foreground = child.pgid;
  process.signal.addEventListener('abort', () => far.hangUp(), { once: true });
  const pump = pumpKeys(process, far, child);
  const status = await child.exited;
  pump.stop();
  stop();
  tty.raw = wasRaw;
  await process.error(`Connection to ${host} closed.\n`);
  return codeOf(status);
}

function pumpKeys(process: Process, far: Terminal, child: Process): { stop: () => void } {
  const decoder = new TextDecoder();
  let stopped = false;
  const run = async () => {
    for (let chunk = await process.stdin.read(); chunk && !stopped && child.state !== 'ended'; chunk = await process.stdin.read())
      far.input(decoder.decode(chunk, { stream: true }));
  };
  run().catch(() => undefined);
  return {
    stop: () => {
      stopped = true;
    },
  };
}
