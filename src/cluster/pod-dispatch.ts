import type { Informers } from '../api/client/informer.ts';
import { ConfigMaps, Pods, Secrets } from '../api/kinds/resource-types.ts';
import type { NodeAgent } from './node-agent.ts';

/** Tells each kubelet of its pods, and of the data that they show. */
export function followPods(informers: Informers, agents: ReadonlyMap<string, NodeAgent>): void {
  informers.for(Pods).onChange((now, old) => {
    const node = (now ?? old)?.spec?.nodeName;
    if (node) agents.get(node)?.kubelet.podChanged(now, old);
  });
  const follow = (kind: 'ConfigMap' | 'Secret') => (now: Named | undefined, old: Named | undefined) => {
    const { namespace = '', name = '' } = (now ?? old)?.metadata ?? {};
    if (now && old) for (const { kubelet } of agents.values()) kubelet.dataChanged(kind, namespace, name);
  };
  informers.for(ConfigMaps).onChange(follow('ConfigMap'));
  informers.for(Secrets).onChange(follow('Secret'));
}

interface Named {
  readonly metadata: { readonly namespace?: string; readonly name?: string };
}
