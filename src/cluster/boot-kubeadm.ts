import type { Transport } from '../api/client/transport.ts';
import type { VirtualClock } from '../clock/index.ts';
import type { Flavour } from './cluster-contract.ts';
import type { Components } from './components.ts';
import type { ControlPlane } from './control-plane.ts';
import type { NodeAgent } from './node-agent.ts';

export interface KubeadmBoot {
  readonly agents: ReadonlyMap<string, NodeAgent>;
  readonly components: Components;
  readonly plane: ControlPlane;
  readonly flavour: Flavour;
  readonly clock: VirtualClock;
  readonly transport: (user: { name: string; groups: readonly string[] }) => Transport;
}

/** Brings a cluster up as kubeadm leaves it. */
export function bootKubeadm({ agents, components }: KubeadmBoot): void {
  components.startAll(agents);
  for (const { name, kubelet } of agents.values()) {
    components.start('kube-proxy', name);
    components.start('cni', name);
    void kubelet.start();
  }
}
