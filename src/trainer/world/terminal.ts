import type { Machine } from '../../machine/index.ts';
import { loginEnvironment } from '../../terminal/remote/neighbours.ts';
import { Terminal as Tty } from '../../terminal/tty/index.ts';

export interface Terminal {
  /** Keys as a terminal sends them. */
  input(data: string): void;
  /** What the screen is sent: text with ANSI sequences. Everything sent so far is told first. */
  onOutput(listener: (text: string) => void): () => void;
  resize(columns: number, rows: number): void;
  /** Resolves to the exit code of the first login. */
  readonly closed: Promise<number>;
}

/** A login shell of a user on a terminal; when it ends, `ended` is shown and Enter starts the next one. */
export function openTerminal(machine: Machine, user: string, size: { columns: number; rows: number }, ended: string): Terminal {
  const tty = new Tty({ ...size, kill: (pgid, signal) => machine.processes.kill(-pgid, signal) });
  let said = '';
  tty.onOutput((text) => {
    said += text;
  });
  let open = false;
  const login = async (): Promise<number> => {
    open = true;
    const shell = startLogin(machine, user, tty);
    tty.foreground = shell.pgid;
    const { code } = await shell.exited;
    open = false;
    if (ended) await tty.sink.write(`\n${ended}\n`);
    return code;
  };
  const closed = login();
  return {
    closed,
    input(data) {
      if (open) tty.input(data);
      else if (/[\r\n]/.test(data)) void login();
    },
    onOutput(listener) {
      if (said) listener(said);
      return tty.onOutput(listener);
    },
    resize: (columns, rows) => tty.resize(columns, rows),
  };
}

function startLogin(machine: Machine, user: string, tty: Tty) {
  const credentials = machine.users.find(user);
  if (!credentials) throw new Error(`${machine.hostname} has no user ${user}`);
  tty.raw = false;
  return machine.processes.start({
    program: programNamed(machine, '/usr/bin/bash'),
    argv: ['-bash'],
    credentials,
    env: loginEnvironment(credentials, '/bin/bash', { TERM: 'xterm-256color' }),
    cwd: credentials.home,
    stdin: tty.source,
    stdout: tty.sink,
    stderr: tty.sink,
    tty,
    pgid: 'new',
  });
}

function programNamed(machine: Machine, path: string) {
  const { program } = machine.files.stat(path);
  if (!program) throw new Error(`${machine.hostname} has no ${path}`);
  return program;
}
