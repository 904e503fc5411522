import { posix } from 'node:path';
import type { Machine, ProcessTable, StartOptions } from '../machine.ts';
import { emptySource, nullSink } from '../pipe.ts';
import { ExecError, ForkError, type Process, type SignalName, type SpawnOptions } from '../process.ts';
import type { Program } from '../program.ts';
import type { Sink, Source, Tty } from '../streams.ts';
import { raw } from './guarded-streams.ts';
import { DEFAULT_PATH, findOnPath, resolveExecutable } from './lookup.ts';
import { type Birth, SimulatedProcess } from './simulated-process.ts';

export interface TableOptions {
  readonly limit: number;
  readonly firstPid: number;
}

export class SimulatedProcessTable implements ProcessTable {
  readonly #machine: Machine;
  readonly #processes = new Map<number, SimulatedProcess>();
  readonly #limit: number;
  #nextPid: number;

  constructor(machine: Machine, { limit, firstPid }: TableOptions) {
    this.#machine = machine;
    this.#limit = limit;
    this.#nextPid = firstPid;
  }

  list(): readonly Process[] {
    return [...this.#processes.values()];
  }

  get(pid: number): Process | undefined {
    return this.#processes.get(pid);
  }

  kill(pid: number, signal: SignalName): boolean {
    const targets = [...this.#processes.values()].filter((p) => (pid < 0 ? p.pgid === -pid : p.pid === pid));
    for (const target of targets) target.deliver(signal);
    return targets.length > 0;
  }

  start(options: StartOptions): Process {
    const { credentials, env, cwd, tty } = options;
    const inherited = { credentials, env, cwd, tty, stdin: emptySource, stdout: nullSink, stderr: nullSink };
    return this.#create({ ...inherited, ...given(options) }, options, { ppid: 0, leads: true }, new Set());
  }

  #spawn(parent: SimulatedProcess, options: SpawnOptions): Process {
    parent.signal.throwIfAborted();
    const { credentials, env, cwd, tty, stdin, stdout, stderr } = parent;
    const inherited = { credentials, env, cwd, tty, stdin, stdout, stderr };
    const place = { ppid: parent.pid, leads: options.session === 'new', pgid: parent.pgid, sid: parent.sid };
    return this.#create({ ...inherited, ...given(options) }, options, place, parent.ignored());
  }

  #create(
    inherited: Inherited,
    options: SpawnOptions,
    place: { ppid: number; leads: boolean; pgid?: number; sid?: number },
    ignored: ReadonlySet<SignalName>,
  ): Process {
    if (this.#processes.size >= this.#limit) throw new ForkError();
    const { program, argv } = options.program ? { program: options.program, argv: options.argv } : this.#find(inherited, options.argv);
    const pid = this.#nextPid++;
    const pgid = place.leads || options.pgid === 'new' ? pid : (options.pgid ?? place.pgid ?? pid);
    const birth: Birth = {
      ...inherited,
      stdin: raw(inherited.stdin),
      stdout: raw(inherited.stdout),
      stderr: raw(inherited.stderr),
      ...{ machine: this.#machine, pid, ppid: place.ppid, pgid, sid: place.leads ? pid : (place.sid ?? pid), program, argv },
      spawn: (parent, more) => this.#spawn(parent, more),
      find: (process, words, variables) => this.#find({ ...inherited, credentials: process.credentials, cwd: process.cwd, env: variables }, words),
      onEnd: (process) => this.#ended(process),
    };
    const process = new SimulatedProcess(birth, ignored);
    this.#processes.set(pid, process);
    return process;
  }

  #find({ credentials, env, cwd }: Inherited, argv: readonly string[]): { program: Program; argv: readonly string[] } {
    const files = this.#machine.files.as(credentials);
    const name = argv[0] ?? '';
    const path = name && findOnPath(files, name, env.get('PATH') ?? DEFAULT_PATH, (p) => posix.resolve(cwd, p));
    if (!path) throw new ExecError(127, 'No such file or directory');
    return resolveExecutable(files, path, argv, { shown: name.includes('/') ? name : path });
  }

  #ended(process: SimulatedProcess): void {
    this.#processes.delete(process.pid);
    for (const other of this.#processes.values()) if (other.ppid === process.pid) other.ppid = 1;
    this.#processes.get(process.ppid)?.deliver('SIGCHLD');
  }
}

interface Inherited {
  credentials: StartOptions['credentials'];
  env: ReadonlyMap<string, string>;
  cwd: string;
  tty: Tty | undefined;
  stdin: Source;
  stdout: Sink;
  stderr: Sink;
}

/** The options that were really set: an undefined one inherits. */
function given(options: SpawnOptions): Partial<Inherited> {
  const { env, cwd, credentials, stdin, stdout, stderr } = options;
  const set = Object.fromEntries(Object.entries({ env, cwd, credentials, stdin, stdout, stderr }).filter(([, value]) => value !== undefined));
  return 'tty' in options ? { ...set, tty: options.tty } : set;
}
