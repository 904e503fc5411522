import type { Machine } from '../../machine/index.ts';
import { createTty } from '../../terminal/tty/index.ts';
import { loginEnvironment } from './run-script.ts';

export interface Terminal {
  /** Keys as a terminal sends them. */
  input(data: string): void;
  /** What the screen is sent: text with ANSI sequences. Everything sent so far is told first. */
  onOutput(listener: (text: string) => void): () => void;
  resize(columns: number, rows: number): void;
  /** Resolves to the exit code of the first login. */
  readonly closed: Promise<number>;
}

/** A login shell of a user on a terminal; when it ends, Enter starts the next one. */
export function openTerminal(machine: Machine, user: string, size: { columns: number; rows: number }, ended: string): Terminal {
  const tty = createTty(size);
  let said = '';
  const listeners = new Set<(text: string) => void>();
  tty.onOutput((text) => {
    said += text;
    for (const listener of listeners) listener(text);
  });
  let open = false;
  const login = async (): Promise<number> => {
    const credentials = machine.users.find(user);
    if (!credentials) throw new Error(`${machine.hostname} has no user ${user}`);
    open = true;
    const shell = machine.processes.start({
      argv: ['-bash'],
      credentials,
      env: new Map(Object.entries(loginEnvironment(credentials))),
      cwd: credentials.home,
      stdin: tty.source,
      stdout: tty.sink,
      stderr: tty.sink,
      tty: tty.tty,
      pgid: 'new',
    });
    const { code } = await shell.exited;
    open = false;
    if (ended) void tty.sink.write(`\r\n${ended}\r\n`);
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
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    resize: (columns, rows) => tty.resize({ columns, rows }),
  };
}
