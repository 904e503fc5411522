import type { ApiResponse, Transport } from '../api/client/transport.ts';
import type { VirtualClock } from '../clock/index.ts';
import type { HttpRequest, Machine, Programs, SignalName, Sink, Source, Tty } from '../machine/index.ts';

/** Which cluster an exercise asks for. */
export interface Flavour {
  /** `kubeadm`: add-ons, static pods, CNI and CoreDNS as kubeadm leaves them. `bare`: control plane only, for golden transcripts. */
  readonly kind: 'kubeadm' | 'bare';
  readonly nodes: readonly NodeSpec[];
  readonly cni: 'enforcing' | 'permissive' | 'none';
  readonly metricsServer: boolean;
  readonly ingressController: boolean;
  readonly gatewayController: boolean;
  /** Name of the default StorageClass, or null for none. */
  readonly storageClass: string | null;
  readonly kubernetesVersion: string;
}

export interface NodeSpec {
  readonly name: string;
  readonly role: 'control-plane' | 'worker';
  readonly cpus?: number;
  readonly memoryGi?: number;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface ClusterOptions {
  readonly clock: VirtualClock;
  readonly seed: number | string;
  readonly flavour: Flavour;
  /** Everything images and nodes can install; the cluster itself knows no utility. */
  readonly programs: Programs;
  /** Makes the terminals of `exec -t` sessions; without it such a session runs on plain streams. */
  readonly createTerminal?: CreateTerminal;
}

/** A pseudo-terminal as an exec session needs it. */
export interface SessionTerminal extends Tty {
  readonly source: Source;
  readonly sink: Sink;
  input(data: string): void;
  onOutput(listener: (text: string) => void): () => void;
  resize(columns: number, rows: number): void;
  hangUp(): void;
}

export type CreateTerminal = (options: { kill: (pgid: number, signal: SignalName) => void }) => SessionTerminal;

/** Certificates and keys are PEM. */
export interface OutsideAccess {
  /** Authenticates by client certificate or bearer token, and answers. */
  http(request: HttpRequest): Promise<ApiResponse>;
  readonly server: { readonly certificate: string; readonly key: string };
  readonly admin: { readonly certificate: string; readonly key: string };
  readonly caCertificate: string;
}

/** A running cluster. Made by `createCluster(options)` in cluster.ts: synchronous, everything due at instant 0 happens as the clock moves. */
export interface Cluster {
  readonly clock: VirtualClock;
  readonly flavour: Flavour;
  /** Node machines by name. */
  readonly nodes: ReadonlyMap<string, Machine>;
  /** Acts with these credentials, authorised like anyone; `admin()` is system:masters. */
  transport(user: { name: string; groups: readonly string[] }): Transport;
  admin(): Transport;
  /** A machine joined to the clusters' network that is no node: the candidate's host, an outside client. */
  addMachine(options: { hostname: string; address?: string; programs?: Programs }): Machine;
  /** A container of a running pod, as a machine. */
  container(namespace: string, pod: string, container?: string): Machine | undefined;
  /** The admin kubeconfig (YAML), its server reachable from every machine of this network. */
  adminKubeconfig(): string;
  /** What it takes to serve this API to clients outside the world. */
  outside(): OutsideAccess;
  /** Runs until the cluster is at rest, within a bound of virtual time. True when it came to rest. */
  settle(options?: { quiet?: number; limit?: number }): Promise<boolean>;
  /** The store's revision: unchanged when nothing was written. */
  revision(): number;
  stop(): void;
}
