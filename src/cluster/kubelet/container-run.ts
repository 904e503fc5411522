import type { Clock } from '../../clock/index.ts';
import { createMachine } from '../../machine/create-machine.ts';
import { type Credentials, ExecError, type ExitStatus, type Files, type Machine, type Process, type SpawnOptions } from '../../machine/index.ts';
import { createPipe } from '../../machine/pipe.ts';
import type { CreateTerminal, SessionTerminal } from '../cluster-contract.ts';
import type { Image } from '../images/registry.ts';
import { flavourOf } from '../images/userland.ts';
import type { WorldPort } from '../network/port.ts';
import { Broadcast } from './broadcast.ts';
import { ContainerLog } from './container-log.ts';

export interface ContainerMount {
  readonly path: string;
  readonly tree: Files;
  readonly from: string;
  readonly readOnly: boolean;
  readonly source: string;
}

/** All that is decided before a container is made. */
export interface ContainerPlan {
  readonly id: string;
  readonly hostname: string;
  readonly image: Image;
  readonly tree: Files;
  readonly port: WorldPort;
  readonly mounts: readonly ContainerMount[];
  readonly etcHosts: string;
  readonly resolvConf: string;
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly credentials: (machine: Machine) => Credentials;
  readonly readOnlyRoot: boolean;
  readonly stdin: boolean;
  /** With `tty: true` the first process has a terminal. */
  readonly createTerminal?: CreateTerminal;
  readonly memoryLimit: number | undefined;
  readonly facilities: ReadonlyMap<string, unknown>;
}

/** The container could not be started; message as runc words it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

const RUNC =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process';

/** One instance of a container: a machine, its first process and what that printed. */
export class ContainerRun {
  readonly id: string;
  readonly image: Image;
  readonly plan: ContainerPlan;
  readonly machine: Machine;
  readonly log: ContainerLog;
  readonly process: Process;
  readonly startedAt: number;
  readonly exited: Promise<ExitStatus>;
  /** What reaches an attached client beside the log. */
  readonly output: { readonly stdout: Broadcast; readonly stderr: Broadcast };
  readonly input: ReturnType<typeof createPipe> | undefined;
  readonly terminal: SessionTerminal | undefined;
  usage: { cpuMillicores: number; memoryBytes: number };
  oomKilled = false;

  constructor(plan: ContainerPlan, clock: Clock) {
    this.id = plan.id;
    this.plan = plan;
    this.image = plan.image;
    this.startedAt = clock.now();
    this.output = { stdout: new Broadcast(() => clock.now()), stderr: new Broadcast(() => clock.now()) };
    this.log = new ContainerLog(() => clock.now());
    this.usage = plan.image.definition.usage ?? { cpuMillicores: 1, memoryBytes: 4 * 2 ** 20 };
    this.machine = this.#makeMachine(clock);
    this.input = plan.stdin ? createPipe() : undefined;
    this.terminal = this.#makeTerminal();
    this.process = this.#start();
    this.exited = this.process.exited.then((status) => {
      this.log.close();
      for (const process of this.machine.processes.list()) this.machine.processes.kill(process.pid, 'SIGKILL');
      plan.port.closeAll();
      this.output.stdout.end();
      this.output.stderr.end();
      return status;
    });
    if (plan.memoryLimit !== undefined && this.usage.memoryBytes > plan.memoryLimit) queueMicrotask(() => this.occupyMemory(this.usage.memoryBytes));
  }

  /** Asks the first process to end; as PID 1 it dies of a signal only if it handles it, as servers do and plain utilities do not. */
  signal(): void {
    this.machine.processes.kill(this.process.pid, this.image.definition.stopSignal ?? 'SIGTERM');
  }

  kill(): void {
    this.machine.processes.kill(this.process.pid, 'SIGKILL');
  }

  /** Sets what the container's processes occupy; beyond the limit the kernel's OOM killer ends it. */
  occupyMemory(bytes: number): void {
    this.usage = { ...this.usage, memoryBytes: bytes };
    if (this.plan.memoryLimit === undefined || bytes <= this.plan.memoryLimit) return;
    this.oomKilled = true;
    this.kill();
  }

  occupyCpu(millicores: number): void {
    this.usage = { ...this.usage, cpuMillicores: millicores };
  }

  #makeMachine(clock: Clock): Machine {
    const { plan } = this;
    const machine = createMachine({ hostname: plan.hostname, clock, base: plan.tree, network: () => plan.port });
    plan.port.readFrom(machine.files);
    const { files } = machine;
    files.write('/etc/hosts', plan.etcHosts);
    files.write('/etc/resolv.conf', plan.resolvConf);
    plan.image.definition.prepare?.(machine, plan.image.reference.tag);
    for (const { path, tree, from, readOnly, source } of plan.mounts) mountAt(files, path, tree, from, readOnly, source);
    if (plan.readOnlyRoot) files.mount('/', files, { readOnly: true });
    machine.facilities.set('userland', flavourOf(plan.image.definition.base ?? 'scratch'));
    machine.facilities.set('container', this);
    for (const [name, value] of plan.facilities) machine.facilities.set(name, value);
    return machine;
  }

  #start(): Process {
    const { argv, env, cwd, credentials } = this.plan;
    const name = argv[0];
    if (name === undefined) throw new StartError('no command specified');
    try {
      const process = this.machine.processes.start({
        argv,
        env,
        cwd,
        credentials: credentials(this.machine),
        ...this.#streams(),
      });
      if (this.terminal) this.terminal.foreground = process.pgid;
      if (!this.#handlesSignals(name)) process.on(this.image.definition.stopSignal ?? 'SIGTERM', () => undefined);
      return process;
    } catch (error) {
      if (!(error instanceof ExecError)) throw error;
      throw new StartError(`${RUNC}: ${initError(name, error)}`);
    }
  }

  #makeTerminal(): SessionTerminal | undefined {
    const terminal = this.plan.createTerminal?.({ kill: (pgid, signal) => this.machine.processes.kill(-pgid, signal) });
    const sink = this.#sink('stdout');
    terminal?.onOutput((text) => void sink.write(text));
    return terminal;
  }

  #streams(): Pick<SpawnOptions, 'stdin' | 'stdout' | 'stderr' | 'tty'> {
    const { terminal, input } = this;
    if (terminal) return { stdin: terminal.source, stdout: terminal.sink, stderr: terminal.sink, tty: terminal };
    return { stdout: this.#sink('stdout'), stderr: this.#sink('stderr'), ...(input ? { stdin: input.source } : {}) };
  }

  #sink(stream: 'stdout' | 'stderr') {
    const log = this.log.sink(stream);
    const live = this.output[stream];
    return {
      write: async (data: string | Uint8Array) => {
        await log.write(data);
        live.push(data);
      },
      end: () => undefined,
    };
  }

  #handlesSignals(name: string): boolean {
    const base = name.split('/').at(-1);
    return Object.keys(this.image.definition.executables ?? {}).some((path) => path.split('/').at(-1) === base);
  }
}

function initError(name: string, error: ExecError): string {
  if (name.includes('/')) {
    const why = error.code === 126 ? 'permission denied' : 'no such file or directory';
    return error.code === 126
      ? `error during container init: exec: "${name}": ${why}`
      : `error during container init: exec: "${name}": stat ${name}: ${why}`;
  }
  return error.code === 126
    ? `error during container init: exec: "${name}": permission denied`
    : `error during container init: exec: "${name}": executable file not found in $PATH`;
}

function mountAt(files: Files, path: string, tree: Files, from: string, readOnly: boolean, source: string): void {
  const isDirectory = !tree.exists(from) || tree.stat(from).type === 'directory';
  const parent = isDirectory ? path : path.slice(0, path.lastIndexOf('/')) || '/';
  if (!files.exists(parent)) files.mkdir(parent, { recursive: true });
  if (!isDirectory && !files.exists(path)) files.write(path, '');
  files.mount(path, tree, { from, readOnly, type: 'ext4', source });
}
