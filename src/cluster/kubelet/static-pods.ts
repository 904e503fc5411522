import { parse } from 'yaml';
import { ConnectionError } from '../../api/client/transport.ts';
import { Nodes, Pods } from '../../api/kinds/resource-types.ts';
import { deepFreeze } from '../../api/machinery/deep-freeze.ts';
import { isStatusError } from '../../api/machinery/status-error.ts';
import type { Pod } from '../../api/schema/generated/types.ts';
import { hash, Random } from '../../clock/index.ts';
import type { PodHost } from './pod-host.ts';

const FOLDER = '/etc/kubernetes/manifests';
const REACTION_MS = 1_000;
const MIRROR_RETRY_MS = 5_000;

export interface StaticPodListener {
  appeared(pod: Pod): void;
  disappeared(pod: Pod): void;
}

/** Follows the manifest folder of a node: its pods run whether or not there is an API server, which is shown a mirror of each. */
export class StaticPods {
  readonly #host: PodHost;
  readonly #listener: StaticPodListener;
  readonly #byFile = new Map<string, Pod>();
  #unwatch: (() => void) | undefined;
  #pending = false;

  constructor(host: PodHost, listener: StaticPodListener) {
    this.#host = host;
    this.#listener = listener;
  }

  start(): void {
    const { files } = this.#host.machine;
    if (!files.exists(FOLDER)) return;
    this.#unwatch = files.watch(FOLDER, () => this.#lookSoon());
    this.#look();
  }

  stop(): void {
    this.#unwatch?.();
  }

  #lookSoon(): void {
    if (this.#pending) return;
    this.#pending = true;
    this.#host.clock.after(REACTION_MS, () => {
      this.#pending = false;
      this.#look();
    });
  }

  #look(): void {
    const { files } = this.#host.machine;
    const names = files.exists(FOLDER) ? files.list(FOLDER).filter((name) => !name.startsWith('.')) : [];
    const found = new Map(names.flatMap((name) => this.#read(`${FOLDER}/${name}`, name)));
    for (const [name, pod] of [...this.#byFile]) {
      if (found.get(name)?.metadata.uid === pod.metadata.uid) continue;
      this.#byFile.delete(name);
      this.#listener.disappeared(pod);
      void this.removeMirror(pod);
    }
    for (const [name, pod] of found) {
      if (this.#byFile.has(name)) continue;
      this.#byFile.set(name, pod);
      this.#listener.appeared(pod);
      void this.createMirror(pod);
    }
  }

  #read(path: string, name: string): [string, Pod][] {
    const { files } = this.#host.machine;
    if (files.stat(path).type !== 'file') return [];
    const text = files.readText(path);
    try {
      const object = manifestOf(text);
      return object?.kind === 'Pod' && object.metadata?.name ? [[name, this.#staticPod(object, text)]] : [];
    } catch (error) {
      this.#host.machine.journal.write({
        unit: 'kubelet.service',
        identifier: 'kubelet',
        priority: 3,
        message: `"Could not process manifest file" err="${path}: couldn't parse as pod(${error instanceof Error ? error.message.split('\n')[0] : ''}), please check config file" path="${path}"`,
      });
      return [];
    }
  }

  #staticPod(object: Pod, text: string): Pod {
    const id = new Random(hash(`${this.#host.nodeName}/${text}`)).hex(32);
    const metadata = {
      ...object.metadata,
      name: `${object.metadata.name}-${this.#host.nodeName}`,
      namespace: object.metadata.namespace ?? 'default',
      uid: id,
      annotations: {
        ...object.metadata.annotations,
        'kubernetes.io/config.hash': id,
        'kubernetes.io/config.seen': new Date(this.#host.clock.now()).toISOString().replace('Z', '000000Z'),
        'kubernetes.io/config.source': 'file',
      },
    };
    const tolerations = [{ effect: 'NoExecute', operator: 'Exists' }];
    return {
      ...object,
      metadata,
      spec: { ...object.spec, containers: object.spec?.containers ?? [], nodeName: this.#host.nodeName, tolerations },
      status: { phase: 'Pending' },
    };
  }

  async createMirror(pod: Pod): Promise<void> {
    const id = pod.metadata.uid ?? '';
    if (![...this.#byFile.values()].includes(pod)) return;
    const node = this.#host.informers.for(Nodes).get('', this.#host.nodeName);
    try {
      if (!node) throw new ConnectionError('the node is not registered yet');
      await this.#replaceOther(pod);
      const { uid: _, ...metadata } = pod.metadata;
      const ownerReferences = [{ apiVersion: 'v1', controller: true, kind: 'Node', name: this.#host.nodeName, uid: node.metadata.uid ?? '' }];
      const annotations = { ...metadata.annotations, 'kubernetes.io/config.mirror': id };
      const { status: __, ...rest } = pod;
      await this.#host.api.create(Pods, { ...rest, metadata: { ...metadata, annotations, ownerReferences } });
    } catch (error) {
      if (isStatusError(error, 'AlreadyExists')) return;
      if (!(error instanceof ConnectionError) && !isStatusError(error)) throw error;
      this.#host.clock.after(node ? MIRROR_RETRY_MS : 100, () => void this.createMirror(pod), { background: node !== undefined });
    }
  }

  /** A mirror of an earlier version of the manifest makes room. */
  async #replaceOther(pod: Pod): Promise<void> {
    const current = await this.#mirrorInStore(pod);
    if (current && mirrorOf(current) !== pod.metadata.uid) await this.#host.api.delete(Pods, ...nameOf(pod), { gracePeriodSeconds: 0 });
  }

  async #mirrorInStore(pod: Pod): Promise<Pod | undefined> {
    try {
      return await this.#host.api.get(Pods, ...nameOf(pod));
    } catch (error) {
      if (isStatusError(error, 'NotFound')) return undefined;
      throw error;
    }
  }

  async removeMirror(pod: Pod): Promise<void> {
    try {
      const current = await this.#mirrorInStore(pod);
      if (current && mirrorOf(current) === pod.metadata.uid) await this.#host.api.delete(Pods, ...nameOf(pod), { gracePeriodSeconds: 0 });
    } catch (error) {
      if (error instanceof ConnectionError) this.#host.clock.after(MIRROR_RETRY_MS, () => void this.removeMirror(pod), { background: true });
      else if (!isStatusError(error)) throw error;
    }
  }
}

const nameOf = ({ metadata }: Pod): [string, string] => [metadata.namespace ?? '', metadata.name ?? ''];

export const mirrorOf = (pod: Pod | undefined): string | undefined => pod?.metadata.annotations?.['kubernetes.io/config.mirror'];

const LATEST = 32;
const parsed = new Map<string, Pod | null>();

/** Clusters start with the same manifests: what was parsed last need not be parsed again. */
function manifestOf(text: string): Pod | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  if (parsed.size >= LATEST) parsed.clear();
  const pod = deepFreeze(parse(text) as Pod | null);
  parsed.set(text, pod);
  return pod;
}
