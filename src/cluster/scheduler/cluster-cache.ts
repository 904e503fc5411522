import type { Informers } from '../../api/client/informer.ts';
import type { Node, Pod } from '../controllers/objects.ts';
import { isFinished } from '../controllers/workload/pod-state.ts';
import { NodeInfo, type PodInfo, podInfo } from './node-info.ts';
import type { Snapshot } from './plugin.ts';

/** All nodes with their pods, kept current change by change; pods being bound count already. */
export class ClusterCache {
  #nodes = new Map<string, NodeInfo>();
  #placed = new Map<string, string>();
  #waiting = new Map<string, Map<string, PodInfo>>();
  #list: readonly NodeInfo[] | undefined;

  setNode(node: Node): void {
    const name = node.metadata.name ?? '';
    const known = this.#nodes.get(name);
    if (known) {
      known.setNode(node);
      return;
    }
    const info = new NodeInfo(node);
    for (const pod of this.#waiting.get(name)?.values() ?? []) info.add(pod);
    this.#waiting.delete(name);
    this.#nodes.set(name, info);
    this.#list = undefined;
  }

  removeNode(name: string): void {
    const info = this.#nodes.get(name);
    if (info) this.#waiting.set(name, new Map(info.pods));
    this.#nodes.delete(name);
    this.#list = undefined;
  }

  /** Takes a pod's placement from its state: on a node and not finished, or nowhere. */
  setPod(pod: Pod): void {
    const node = pod.spec?.nodeName;
    if (!node || isFinished(pod)) this.removePod(pod);
    else this.place(podInfo(pod), node);
  }

  place(info: PodInfo, node: string): void {
    const uid = info.pod.metadata.uid ?? '';
    if (this.#placed.get(uid) !== node) this.removePod(info.pod);
    this.#placed.set(uid, node);
    const nodeInfo = this.#nodes.get(node);
    if (nodeInfo) nodeInfo.add(info);
    else this.#waiting.set(node, (this.#waiting.get(node) ?? new Map()).set(uid, info));
  }

  removePod(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    const node = this.#placed.get(uid);
    if (node === undefined) return;
    this.#placed.delete(uid);
    this.#nodes.get(node)?.remove(pod);
    this.#waiting.get(node)?.delete(uid);
  }

  node(name: string): NodeInfo | undefined {
    return this.#nodes.get(name);
  }

  snapshot(informers: Informers): Snapshot {
    this.#list ??= [...this.#nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { nodes: this.#list, informers };
  }
}
