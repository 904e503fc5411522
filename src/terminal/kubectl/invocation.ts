import type { Files, Process } from '../../machine/index.ts';
import type { Api } from './client/api.ts';
import { connect } from './client/connect.ts';
import { discover } from './client/discovery.ts';
import { Mapper } from './client/mapper.ts';
import { namespaceOf, resolveClientConfig } from './config/client-config.ts';
import { UsageError, usageError } from './errors.ts';
import type { GlobalOptions } from './flags/global.ts';

export interface InvocationOptions {
  readonly process: Process;
  /** `kubectl rollout undo`. */
  readonly path: string;
  readonly args: readonly string[];
  readonly argsBeforeDash: number;
  readonly changed: ReadonlySet<string>;
  readonly global: GlobalOptions;
}

/** One run of a verb: what was typed, where it writes, and the cluster it speaks to. */
export class Invocation {
  readonly process: Process;
  readonly path: string;
  readonly args: readonly string[];
  readonly argsBeforeDash: number;
  readonly global: GlobalOptions;
  readonly files: Files;
  readonly #changed: ReadonlySet<string>;
  #api: Api | undefined;
  #mapper: Promise<Mapper> | undefined;

  constructor(options: InvocationOptions) {
    this.process = options.process;
    this.path = options.path;
    this.args = options.args;
    this.argsBeforeDash = options.argsBeforeDash;
    this.global = options.global;
    this.#changed = options.changed;
    this.files = options.process.machine.files.as(options.process.credentials);
  }

  /** Was the flag given? */
  changed(flag: string): boolean {
    return this.#changed.has(flag);
  }

  print(text: string): Promise<void> {
    return this.process.print(text);
  }

  error(text: string): Promise<void> {
    return this.process.error(text);
  }

  /** A complaint about how the verb was called. */
  usage(message: string): UsageError {
    return usageError(this.path, message);
  }

  get api(): Api {
    this.#api ??= connect(this.process, () => resolveClientConfig(this.process, this.global), this.global);
    return this.#api;
  }

  get mapper(): Promise<Mapper> {
    this.#mapper ??= discover(this.api).then((all) => new Mapper(all));
    return this.#mapper;
  }

  get namespace(): string {
    return namespaceOf(this.process, this.global).namespace;
  }

  /** Was the namespace named on the command line? */
  get namespaceGiven(): boolean {
    return Boolean(this.global.namespace);
  }

  get now(): number {
    return this.process.clock.now();
  }

  async readStdin(): Promise<string> {
    const chunks: Uint8Array[] = [];
    for (let chunk = await this.process.stdin.read(); chunk; chunk = await this.process.stdin.read()) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  readText(path: string): string {
    return this.readFile(path).toString();
  }

  readFile(path: string): Buffer {
    try {
      return Buffer.from(this.files.read(this.process.path(path)));
    } catch (error) {
      throw new UsageError(`open ${path}: ${(error instanceof Error ? error.message : String(error)).toLowerCase()}`);
    }
  }
}
