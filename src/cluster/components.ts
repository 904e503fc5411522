import type { ApiRequest, ApiResponse, Transport } from '../api/client/transport.ts';
import type { Clock } from '../clock/index.ts';
import type { NetworkPort } from '../machine/index.ts';
import type { ApiGate } from './api-gate.ts';
import type { Flavour } from './cluster-contract.ts';
import type { ControlPlane } from './control-plane.ts';
import { startControllerManager } from './controllers/manager.ts';
import type { ControllerSettings } from './controllers/settings.ts';
import { ADDRESSES } from './flavours.ts';
import type { NodeAgent } from './node-agent.ts';
import { startScheduler } from './scheduler/start-scheduler.ts';
import { signCertificate } from './sign-certificate.ts';

export interface ComponentsOptions {
  readonly clock: Clock;
  readonly gate: ApiGate;
  readonly plane: ControlPlane;
  readonly transport: (user: { name: string; groups: readonly string[] }) => Transport;
  readonly flavour: Flavour;
  /** Deletes a folder of a node. */
  readonly removeFolder: (node: string, path: string) => void;
  /** Adds what is aggregated into the API. */
  readonly extend: <Request extends ApiRequest>(handler: (request: Request) => Promise<ApiResponse>) => (request: Request) => Promise<ApiResponse>;
}

/** What the cluster's own programs switch on while they run: the API server, the controllers, the scheduler, a node's rules. */
export class Components {
  readonly #options: ComponentsOptions;
  readonly #running = new Map<string, () => void>();
  /** Told when one was switched on or off. */
  onChange: (name: string, node: string) => void = () => undefined;

  constructor(options: ComponentsOptions) {
    this.#options = options;
  }

  isRunning(name: string, node = ''): boolean {
    return this.#running.has(`${name}/${node}`);
  }

  /** Starts one; the answer stops it. */
  start(name: string, node: string, port?: NetworkPort): () => void {
    const key = `${name}/${node}`;
    const stop = this.#begin(name, port);
    const end = () => {
      if (this.#running.get(key) !== end) return;
      this.#running.delete(key);
      stop();
      this.onChange(name, node);
    };
    this.#running.set(key, end);
    this.onChange(name, node);
    return end;
  }

  /** All of the control plane, without programs that would run it. */
  startAll(agents: ReadonlyMap<string, NodeAgent>): void {
    const [first] = agents.values();
    if (first) this.start('kube-apiserver', first.name, first.machine.network);
    this.start('kube-controller-manager', '');
    this.start('kube-scheduler', '');
  }

  stopAll(): void {
    for (const stop of [...this.#running.values()]) stop();
  }

  #begin(name: string, port: NetworkPort | undefined): () => void {
    const { clock, transport } = this.#options;
    if (name === 'kube-scheduler')
      return startScheduler({ clock, transport: transport({ name: 'system:kube-scheduler', groups: ['system:authenticated'] }) }).stop;
    if (name === 'kube-controller-manager') return startControllerManager({ clock, transport, settings: this.#settings() }).stop;
    return name === 'kube-apiserver' ? this.#serve(port) : () => undefined;
  }

  #settings(): ControllerSettings {
    const { plane, flavour, clock, removeFolder } = this.#options;
    const { authority } = plane.apiServer.context;
    const random = clock.random.fork('certificates');
    return {
      rootCa: authority.caCertificate,
      signCertificate: (request) => signCertificate(request, authority, random),
      ...(flavour.kind === 'kubeadm' ? { clusterCidr: ADDRESSES.pods, nodeCidrMaskSize: 24 } : {}),
      ...(flavour.storageClass === null ? {} : { removeFolder }),
    };
  }

  #serve(port: NetworkPort | undefined): () => void {
    const { gate, plane } = this.#options;
    const service = plane.apiServer.service();
    const listening = port?.listen(6443, { ...service, http: this.#options.extend((request) => plane.apiServer.http(request)) });
    gate.open = true;
    return () => {
      listening?.close();
      gate.open = false;
    };
  }
}
