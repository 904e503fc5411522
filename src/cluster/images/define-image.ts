import type { Machine, Process } from '../../machine/index.ts';

/**
 * What a container image holds and does. Its files and programs make a container's file tree; its entrypoint is run on that machine
 * like any process, so a pod's own command, args, env, mounts and user decide what really happens.
 */
export interface ImageDefinition {
  /** Repositories it answers to, without registry for Docker Hub's library: `nginx`, `registry.k8s.io/pause`, `bitnami/nginx`. */
  readonly names: readonly string[];
  /** Known tags, newest first; `latest` is implied unless `latest: false`. A tag outside them is `not found`, except where `anyTag`. */
  readonly tags?: readonly string[];
  /** Accept any tag that looks like a version (the default) so that made-up but plausible versions pull; explicit nonsense does not. */
  readonly anyTag?: boolean;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly user?: string;
  readonly ports?: readonly number[];
  readonly stopSignal?: 'SIGTERM' | 'SIGQUIT' | 'SIGINT';
  /** Utilities in the image, by program name, as in Programs; `base` brings a distribution's usual set and its files. */
  readonly base?: 'busybox' | 'alpine' | 'debian' | 'ubuntu' | 'distroless' | 'scratch';
  readonly programs?: readonly string[];
  /** Path → text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Servers of the image, by path in it: what `entrypoint` and `cmd` name. */
  readonly executables?: Readonly<Record<string, (process: Process) => number | Promise<number>>>;
  /** Compressed size in bytes, for pull times and `crictl images`. */
  readonly size?: number;
  /** What a running container uses when nothing else loads it. */
  readonly usage?: { cpuMillicores: number; memoryBytes: number };
  prepare?(machine: Machine, tag: string): void;
}

export const defineImage = (definition: ImageDefinition): ImageDefinition => definition;
