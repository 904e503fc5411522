import { ConnectionError } from '../../api/client/transport.ts';
import { Leases, Nodes } from '../../api/kinds/resource-types.ts';
import { isStatusError } from '../../api/machinery/status-error.ts';
import type { Node } from '../../api/schema/generated/types.ts';
import { isoMicroTime, type Timer } from '../../clock/index.ts';
import { type NodeFacts, newNode, nodeStatus } from './node-object.ts';
import type { PodHost } from './pod-host.ts';

const LEASE_PERIOD = 10_000;
const STATUS_PERIOD = 300_000;

/** Registers the node and lets it be known that it lives. */
export class Heartbeat {
  readonly #host: PodHost;
  readonly #facts: () => NodeFacts;
  readonly #kubeadm: boolean;
  #timers: Timer[] = [];
  #stopped = false;
  /** A kubelet makes its node once: whoever deletes it keeps it away until the kubelet is started anew. */
  #registered = false;

  constructor(host: PodHost, facts: () => NodeFacts, kubeadm: boolean) {
    this.#host = host;
    this.#facts = facts;
    this.#kubeadm = kubeadm;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#registered = false;
    await this.#quietly(() => this.#register());
    this.#every(LEASE_PERIOD, () => this.#renew());
    this.#every(STATUS_PERIOD, () => this.report());
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) timer.cancel();
  }

  reportNow(): Promise<void> {
    return this.#quietly(() => this.report());
  }

  /** Writes the node's status anew. */
  async report(): Promise<void> {
    const node = this.#node();
    if (!node) return this.#registered ? undefined : this.#register();
    const { resourceVersion: _, ...metadata } = node.metadata;
    await this.#host.api.updateStatus(Nodes, { ...node, metadata, status: nodeStatus(this.#facts(), this.#host.clock, node) });
  }

  #node(): Node | undefined {
    return this.#host.informers.for(Nodes).get('', this.#host.nodeName);
  }

  async #register(): Promise<void> {
    const { api, clock } = this.#host;
    if (this.#node()) await this.report();
    else {
      const made = await api.create(Nodes, { ...newNode(this.#facts(), clock, this.#kubeadm) });
      if (!made.status?.conditions) await api.updateStatus(Nodes, { ...made, status: nodeStatus(this.#facts(), clock, undefined) });
    }
    this.#registered = true;
    await this.#renew();
  }

  async #renew(): Promise<void> {
    const { api, clock, nodeName } = this.#host;
    const spec = { holderIdentity: nodeName, leaseDurationSeconds: 40, renewTime: isoMicroTime(clock.now()) };
    const metadata = { name: nodeName, namespace: 'kube-node-lease' };
    try {
      await api.patch(Leases, metadata.namespace, nodeName, 'merge', { spec });
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) throw error;
      const uid = this.#node()?.metadata.uid;
      const owners = uid ? { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: nodeName, uid }] } : {};
      await api.create(Leases, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { ...metadata, ...owners }, spec });
    }
  }

  #every(ms: number, action: () => Promise<void>): void {
    if (this.#stopped) return;
    const again = async () => {
      await this.#quietly(action);
      this.#every(ms, action);
    };
    this.#timers = this.#timers.filter((timer) => timer !== undefined).slice(-8);
    this.#timers.push(this.#host.clock.after(ms, () => void again(), { background: true }));
  }

  /** The API server may be away or refuse: the next beat tries again. */
  async #quietly(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof ConnectionError) && !isStatusError(error)) throw error;
    }
  }
}
