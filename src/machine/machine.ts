import type { Clock } from '../clock/index.ts';
import type { Files } from './files.ts';
import type { Journal } from './journal.ts';
import type { NetworkPort } from './network.ts';
import type { Credentials, Process, SignalName, SpawnOptions } from './process.ts';

/** A computer: the candidate's host, a node, or a container. */
export interface Machine {
  hostname: string;
  readonly clock: Clock;
  readonly files: Files;
  readonly network: NetworkPort;
  readonly processes: ProcessTable;
  readonly users: Users;
  readonly journal: Journal;
  /** Kernel and hardware facts: cpus, memory in bytes, kernel release, os pretty name. */
  readonly hardware: Hardware;
  /** What other programs on this machine left for one another (its ssh neighbours, its container runtime), by name; set by whoever built the world. */
  readonly facilities: Map<string, unknown>;
}

export interface Hardware {
  readonly cpus: number;
  readonly memory: number;
  readonly kernel: string;
  readonly os: string;
  readonly architecture: 'amd64' | 'arm64';
}

export interface ProcessTable {
  list(): readonly Process[];
  get(pid: number): Process | undefined;
  /** Sends a signal to a process, or to a process group when negative; false when there is none. */
  kill(pid: number, signal: SignalName): boolean;
  /** Starts a process that has no parent here: a login, a service, a container's entrypoint. */
  start(options: StartOptions): Process;
}

export interface StartOptions extends SpawnOptions {
  credentials: Credentials;
  env: ReadonlyMap<string, string>;
  cwd: string;
}

export interface Users {
  /** From /etc/passwd and /etc/group; root always exists. */
  find(nameOrId: string | number): Credentials | undefined;
  add(user: { name: string; uid: number; gid?: number; home?: string; shell?: string; groups?: readonly string[] }): Credentials;
}
