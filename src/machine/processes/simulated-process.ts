import { posix } from 'node:path';
import type { Clock } from '../../clock/index.ts';
import type { Machine } from '../machine.ts';
import { isShared } from '../pipe.ts';
import {
  type Credentials,
  Exit,
  type ExitStatus,
  ForkError,
  Killed,
  type Process,
  type ProcessState,
  type SignalName,
  type SpawnOptions,
} from '../process.ts';
import type { Program } from '../program.ts';
import { BrokenPipe, type Sink, type Source, type Tty } from '../streams.ts';
import { GuardedSink, GuardedSource, raw } from './guarded-streams.ts';
import { defaultAction, SIGNALS } from './signals.ts';

export interface Birth {
  readonly machine: Machine;
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly program: Program;
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly credentials: Credentials;
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly tty: Tty | undefined;
  readonly spawn: (parent: SimulatedProcess, options: SpawnOptions) => Process;
  readonly find: (
    process: SimulatedProcess,
    argv: readonly string[],
    env: ReadonlyMap<string, string>,
  ) => { program: Program; argv: readonly string[] };
  readonly onEnd: (process: SimulatedProcess) => void;
}

export class SimulatedProcess implements Process {
  readonly pid: number;
  ppid: number;
  pgid: number;
  sid: number;
  argv: readonly string[];
  readonly env: Map<string, string>;
  cwd: string;
  credentials: Credentials;
  readonly machine: Machine;
  readonly clock: Clock;
  stdin: Source;
  stdout: Sink;
  stderr: Sink;
  tty: Tty | undefined;
  readonly exited: Promise<ExitStatus>;
  readonly startedAt: number;
  state: ProcessState = 'running';
  readonly #birth: Birth;
  readonly #abort = new AbortController();
  readonly #handlers = new Map<SignalName, (() => void) | 'ignore'>();
  readonly #listeners = new Set<(state: ProcessState) => void>();
  #resume: (() => void)[] = [];
  #finish: (status: ExitStatus) => void = () => undefined;

  constructor(birth: Birth, ignored: ReadonlySet<SignalName> = new Set()) {
    this.#birth = birth;
    this.pid = birth.pid;
    this.ppid = birth.ppid;
    this.pgid = birth.pgid;
    this.sid = birth.sid;
    this.argv = birth.argv;
    this.env = new Map(birth.env);
    this.cwd = birth.cwd;
    this.credentials = birth.credentials;
    this.machine = birth.machine;
    this.clock = birth.machine.clock;
    this.tty = birth.tty;
    this.startedAt = this.clock.now();
    for (const end of new Set([birth.stdin, birth.stdout, birth.stderr])) if (isShared(end)) end.hold();
    this.stdin = new GuardedSource(this, birth.stdin);
    this.stdout = new GuardedSink(this, birth.stdout);
    this.stderr = new GuardedSink(this, birth.stderr);
    for (const signal of ignored) this.#handlers.set(signal, 'ignore');
    this.exited = new Promise((resolve) => {
      this.#finish = resolve;
    });
    // Nobody need listen to the abort: without this an unobserved rejection would end the host.
    queueMicrotask(() => void this.#live());
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Signals set to be ignored: children inherit them. */
  ignored(): Set<SignalName> {
    return new Set([...this.#handlers].filter(([, handler]) => handler === 'ignore').map(([signal]) => signal));
  }

  print(text: string): Promise<void> {
    return this.stdout.write(text);
  }

  error(text: string): Promise<void> {
    return this.stderr.write(text);
  }

  async sleep(ms: number): Promise<void> {
    await this.clock.sleep(ms, this.signal);
    await this.alive();
  }

  breathe(): Promise<void> {
    return this.sleep(1);
  }

  on(signal: SignalName, handler: (() => void) | 'ignore' | undefined): void {
    if (handler) this.#handlers.set(signal, handler);
    else this.#handlers.delete(signal);
  }

  spawn(options: SpawnOptions): Process {
    return this.#birth.spawn(this, options);
  }

  async exec(options: Omit<SpawnOptions, 'pgid' | 'session'>): Promise<never> {
    const { program, argv } = options.program
      ? { program: options.program, argv: options.argv }
      : this.#birth.find(this, options.argv, options.env ?? this.env);
    this.argv = argv;
    this.credentials = options.credentials ?? this.credentials;
    this.cwd = options.cwd ?? this.cwd;
    if ('tty' in options) this.tty = options.tty;
    if (options.env) {
      const env = [...options.env];
      this.env.clear();
      for (const [name, value] of env) this.env.set(name, value);
    }
    this.#redirect(options);
    for (const [signal, handler] of this.#handlers) if (handler !== 'ignore') this.#handlers.delete(signal);
    throw new Exit(await program.run(this));
  }

  #redirect({ stdin, stdout, stderr }: Pick<SpawnOptions, 'stdin' | 'stdout' | 'stderr'>): void {
    const old = new Set<object>([raw(this.stdin), raw(this.stdout), raw(this.stderr)]);
    this.stdin = stdin ? new GuardedSource(this, stdin) : this.stdin;
    this.stdout = stdout ? new GuardedSink(this, stdout) : this.stdout;
    this.stderr = stderr ? new GuardedSink(this, stderr) : this.stderr;
    const kept = new Set<object>([raw(this.stdin), raw(this.stdout), raw(this.stderr)]);
    for (const end of kept) if (!old.has(end) && isShared(end)) end.hold();
    for (const end of old) if (!kept.has(end) && isShared(end)) end.release();
  }

  path(path: string): string {
    const full = posix.resolve(this.cwd, path);
    return path.length > 1 && path.endsWith('/') && full !== '/' ? `${full}/` : full;
  }

  onChange(listener: (state: ProcessState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits while stopped; ends with Killed once dead. */
  async alive(): Promise<void> {
    this.signal.throwIfAborted();
    while (this.state === 'stopped') {
      await new Promise<void>((resolve) => this.#resume.push(resolve));
      this.signal.throwIfAborted();
    }
  }

  deliver(signal: SignalName): void {
    if (this.state === 'ended') return;
    if (signal === 'SIGCONT') this.#continue();
    const handler = signal === 'SIGKILL' || signal === 'SIGSTOP' ? undefined : this.#handlers.get(signal);
    if (handler === 'ignore') return;
    if (handler) {
      handler();
      return;
    }
    const action = defaultAction(signal);
    if (action === 'die') this.#end({ code: 128 + SIGNALS[signal], signal });
    else if (action === 'stop') this.#change('stopped');
  }

  #continue(): void {
    if (this.state !== 'stopped') return;
    this.#change('running');
    for (const resume of this.#resume.splice(0)) resume();
  }

  async #live(): Promise<void> {
    if (this.state === 'ended') return;
    try {
      const code = await this.#birth.program.run(this);
      this.#end({ code: code & 255 });
    } catch (error) {
      await this.#crash(error);
    }
  }

  async #crash(error: unknown): Promise<void> {
    if (this.state === 'ended') return;
    if (error instanceof Exit) return this.#end({ code: error.code & 255 });
    if (error instanceof Killed) return this.#end({ code: 128 + SIGNALS[error.signal], signal: error.signal });
    if (error instanceof BrokenPipe) return this.#end({ code: 141, signal: 'SIGPIPE' });
    const name = this.argv[0] ?? this.#birth.program.name;
    const text = error instanceof ForkError ? `fork: ${error.message}` : `internal error: ${error instanceof Error ? error.message : String(error)}`;
    await this.error(`${name}: ${text}\n`).catch(() => undefined);
    this.#end({ code: error instanceof ForkError ? 254 : 70 });
  }

  #end(status: ExitStatus): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.#abort.abort(new Killed(status.signal ?? 'SIGKILL'));
    for (const resume of this.#resume.splice(0)) resume();
    for (const end of new Set<object>([raw(this.stdin), raw(this.stdout), raw(this.stderr)])) if (isShared(end)) end.release();
    this.#birth.onEnd(this);
    this.#finish(status);
    for (const listener of this.#listeners) listener('ended');
  }

  #change(state: ProcessState): void {
    this.state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
