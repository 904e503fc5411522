import type { Node, Pod } from '../controllers/objects.ts';
import { type Amounts, add, allocatable, podNonZeroRequests, podRequests, subtract } from './resources.ts';

/** A pod with what scheduling asks of it again and again. */
export interface PodInfo {
  readonly pod: Pod;
  readonly requests: Amounts;
  readonly nonZeroRequests: Amounts;
  readonly hasAffinity: boolean;
  readonly hasRequiredAntiAffinity: boolean;
}

export function podInfo(pod: Pod): PodInfo {
  const { podAffinity, podAntiAffinity } = pod.spec?.affinity ?? {};
  return {
    pod,
    requests: podRequests(pod),
    nonZeroRequests: podNonZeroRequests(pod),
    hasAffinity: Boolean(podAffinity || podAntiAffinity),
    hasRequiredAntiAffinity: Boolean(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length),
  };
}

/** A node with the pods on it and what they take. */
export class NodeInfo {
  node: Node;
  allocatable: Amounts;
  requested: Amounts = {};
  nonZeroRequested: Amounts = {};
  readonly pods = new Map<string, PodInfo>();
  withAffinity = 0;
  withAntiAffinity = 0;

  constructor(node: Node) {
    this.node = node;
    this.allocatable = allocatable(node);
  }

  get name(): string {
    return this.node.metadata.name ?? '';
  }

  get labels(): Readonly<Record<string, string>> {
    return this.node.metadata.labels ?? {};
  }

  setNode(node: Node): void {
    this.node = node;
    this.allocatable = allocatable(node);
  }

  add(info: PodInfo): void {
    this.remove(info.pod);
    this.pods.set(info.pod.metadata.uid ?? '', info);
    this.#count(info, 1);
    this.requested = add(this.requested, info.requests);
    this.nonZeroRequested = add(this.nonZeroRequested, info.nonZeroRequests);
  }

  remove(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    const info = this.pods.get(uid);
    if (!info) return;
    this.pods.delete(uid);
    this.#count(info, -1);
    this.requested = subtract(this.requested, info.requests);
    this.nonZeroRequested = subtract(this.nonZeroRequested, info.nonZeroRequests);
  }

  copy(): NodeInfo {
    const copy = new NodeInfo(this.node);
    for (const info of this.pods.values()) copy.add(info);
    return copy;
  }

  #count(info: PodInfo, by: number): void {
    if (info.hasAffinity) this.withAffinity += by;
    if (info.hasRequiredAntiAffinity) this.withAntiAffinity += by;
  }
}
