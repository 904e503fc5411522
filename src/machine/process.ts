import type { Clock } from '../clock/index.ts';
import type { Machine } from './machine.ts';
import type { Program } from './program.ts';
import type { Sink, Source, Tty } from './streams.ts';

export type SignalName =
  | 'SIGHUP'
  | 'SIGINT'
  | 'SIGQUIT'
  | 'SIGKILL'
  | 'SIGTERM'
  | 'SIGSTOP'
  | 'SIGTSTP'
  | 'SIGCONT'
  | 'SIGPIPE'
  | 'SIGCHLD'
  | 'SIGWINCH'
  | 'SIGUSR1'
  | 'SIGUSR2'
  | 'SIGALRM';

export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups. */
  readonly groups: readonly number[];
  readonly user: string;
  readonly home: string;
  /** The file mode creation mask; 022 where unset. */
  readonly umask?: number;
}

/** How a process ended: an exit code, or the signal that killed it (128 + n in `$?`). */
export interface ExitStatus {
  readonly code: number;
  readonly signal?: SignalName;
}

export type ProcessState = 'running' | 'stopped' | 'ended';

/** What a running program sees of itself and of its machine. */
export interface Process {
  readonly pid: number;
  readonly ppid: number;
  /** Process group: what ^C reaches. */
  readonly pgid: number;
  /** Session: all that one login started. */
  readonly sid: number;
  readonly state: ProcessState;
  /** When it was started, in virtual time. */
  readonly startedAt: number;
  /** `argv[0]` is the name it was called by. */
  readonly argv: readonly string[];
  /** Its own copy: changes reach only children started afterwards. */
  readonly env: Map<string, string>;
  cwd: string;
  readonly credentials: Credentials;
  readonly machine: Machine;
  readonly clock: Clock;
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** The controlling terminal. */
  readonly tty: Tty | undefined;
  readonly exited: Promise<ExitStatus>;
  /** Aborted when the process is told to die: every wait of its own ends with Killed. */
  readonly signal: AbortSignal;

  /** Short for stdout and stderr; rejects as they do. */
  print(text: string): Promise<void>;
  error(text: string): Promise<void>;
  /** Waits in virtual time; rejects with Killed on a deadly signal. */
  sleep(ms: number): Promise<void>;
  /** To be awaited once per thousand or so steps of a long computation: costs a virtual millisecond, so that nothing can hang the world. */
  breathe(): Promise<void>;
  /** Replaces the default action; `undefined` restores it. SIGKILL and SIGSTOP cannot be handled. */
  on(signal: SignalName, handler: (() => void) | 'ignore' | undefined): void;
  /** Starts a child. Unset options are inherited. */
  spawn(options: SpawnOptions): Process;
  /** Becomes another program, as execve does: what is not set stays. Ends the process when that program ends; throws ExecError. */
  exec(options: Omit<SpawnOptions, 'pgid' | 'session'>): Promise<never>;
  /** Resolves a path against cwd. */
  path(path: string): string;
  /** Told when the process stops, continues or ends. Returns how to stop listening. */
  onChange(listener: (state: ProcessState) => void): () => void;
}

export interface SpawnOptions {
  /** What to run: a program itself, or argv[0] looked up in PATH on the machine's files (throws ExecError: not found 127, not executable 126). */
  program?: Program;
  argv: readonly string[];
  env?: ReadonlyMap<string, string>;
  cwd?: string;
  credentials?: Credentials;
  stdin?: Source;
  stdout?: Sink;
  stderr?: Sink;
  tty?: Tty | undefined;
  /** A new process group of its own (jobs), or membership in a given one. */
  pgid?: number | 'new';
  /** Leads a session of its own (setsid, a login). */
  session?: 'new';
}

/** Ends the process with this status from any depth. */
export class Exit extends Error {
  override readonly name = 'Exit';
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** The process was told to die by a signal; let it through. */
export class Killed extends Error {
  override readonly name = 'Killed';
  readonly signal: SignalName;

  constructor(signal: SignalName) {
    super(signal);
    this.signal = signal;
  }
}

/** The command could not be executed; message as the kernel's error ("No such file or directory", "Permission denied"). */
export class ExecError extends Error {
  override readonly name = 'ExecError';
  readonly code: 126 | 127;

  constructor(code: 126 | 127, message: string) {
    super(message);
    this.code = code;
  }
}

/** The machine has no room for another process. */
export class ForkError extends Error {
  override readonly name = 'ForkError';

  constructor() {
    super('Resource temporarily unavailable');
  }
}
