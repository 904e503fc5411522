import { createApiClient } from '../api/client/create-api-client.ts';
import { createInformers } from '../api/client/create-informers.ts';
import type { Transport } from '../api/client/transport.ts';
import {
  EndpointSlices,
  IngressClasses,
  Ingresses,
  Namespaces,
  NetworkPolicies,
  Nodes,
  PersistentVolumeClaims,
  PersistentVolumes,
  ServiceAccounts,
  Services,
} from '../api/kinds/resource-types.ts';
import type { KubeObject } from '../api/machinery/object.ts';
import { createFiles } from '../machine/files/create-files.ts';
import type { HttpRequest, Machine, Programs } from '../machine/index.ts';
import { publishApiEndpoints } from './api-endpoints.ts';
import { ApiGate } from './api-gate.ts';
import { issueToken } from './apiserver/authn/tokens.ts';
import { bootKubeadm } from './boot-kubeadm.ts';
import type { Cluster, ClusterOptions } from './cluster-contract.ts';
import { Components } from './components.ts';
import { createControlPlane } from './control-plane.ts';
import { nodeAddress } from './flavours.ts';
import { ImageTrees } from './images/image-tree.ts';
import { anyImage, images } from './images/index.ts';
import { ImageRegistry } from './images/registry.ts';
import { kubeconfig } from './kubeconfig.ts';
import type { KubeletApi } from './kubelet/kubelet-api.ts';
import { BOOT_PACE, REAL_PACE } from './kubelet/paces.ts';
import { withMetrics } from './metrics-api.ts';
import { joinMachine } from './network/join-machine.ts';
import { Network } from './network/network.ts';
import { createNetworkBase } from './network/network-base.ts';
import { createNode, type NodeAgent, type NodeSurroundings } from './node-agent.ts';
import { followPods } from './pod-dispatch.ts';

const MASTERS = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };
/** What the certificate of the admin's kubeconfig says; kubeadm binds its own group to cluster-admin. */
const adminGroups = ({ kind }: { readonly kind: string }): readonly string[] => (kind === 'bare' ? ['system:masters'] : ['kubeadm:cluster-admins']);
/** For so long after power-on everything happens at once: the cluster is found as if it had been up for a while. */
const BOOT_MS = 2_000;

/** What nodes and network read, beside pods and their data. */
const READ = [
  EndpointSlices,
  IngressClasses,
  Ingresses,
  Namespaces,
  NetworkPolicies,
  Nodes,
  PersistentVolumeClaims,
  PersistentVolumes,
  ServiceAccounts,
  Services,
] as const;

/** Puts a cluster together and switches it on; all that is due happens as the clock moves. */
export function createCluster(options: ClusterOptions): Cluster {
  const { clock, flavour, programs } = options;
  const agents = new Map<string, NodeAgent>();
  const gate = new ApiGate(`${nodeAddress(0)}:6443`);
  const plane = createControlPlane({
    clock,
    version: flavour.kubernetesVersion,
    kubelets: (node) => reachable(agents.get(node)),
    addresses: flavour.nodes.flatMap(({ role }, i) => (role === 'control-plane' ? [nodeAddress(i)] : [])),
  });
  const source = { agents, available: () => metricsReady(agents), now: () => clock.now() };
  const transport = (user: { name: string; groups: readonly string[] }): Transport => gate.guard(withMetrics(plane.transport(user), source));
  const informers = createInformers({ api: createApiClient(transport(MASTERS)), clock });
  for (const type of READ) informers.for<KubeObject>(type);
  const removeFolder = (node: string, path: string) => agents.get(node)?.machine.files.remove(path, { recursive: true, force: true });
  const components = new Components({ clock, gate, plane, transport, flavour, removeFolder, extend: (handler) => withMetrics(handler, source) });
  const network = new Network({
    clock,
    informers,
    random: clock.random.fork('network'),
    enforcesPolicies: flavour.cni === 'enforcing',
    proxied: (node) => flavour.kind === 'bare' || components.isRunning('kube-proxy', node),
  });
  const base = createNetworkBase(network, flavour.nodes);
  const bootedAt = clock.now();
  const bare = flavour.kind === 'bare';
  const surroundings: NodeSurroundings = {
    clock,
    flavour,
    programs,
    informers,
    network,
    registry: new ImageRegistry({ definitions: images, ...(bare ? { anything: anyImage } : {}) }),
    trees: new ImageTrees(programs),
    sharedFiles: createFiles({ now: () => clock.now() }),
    transport,
    pace: () => (bare || clock.now() - bootedAt < BOOT_MS ? BOOT_PACE : REAL_PACE),
    cniReady: (node) => bare || components.isRunning('cni', node),
    facilities: new Map<string, unknown>([
      ['components', components],
      ['informers', informers],
      ['network', network],
      ['transport', transport],
    ]),
    createTerminal: options.createTerminal,
    token: (pod, audience, seconds) => {
      const account = informers.for(ServiceAccounts).get(pod.metadata.namespace ?? '', pod.spec?.serviceAccountName ?? 'default');
      if (!account) return '';
      const bound = { kind: 'pod', name: pod.metadata.name ?? '', uid: pod.metadata.uid ?? '' } as const;
      return issueToken(plane.apiServer.context, account, { audiences: audience ? [audience] : [], seconds, bound }).token;
    },
  };
  flavour.nodes.forEach((spec, index) => {
    agents.set(spec.name, createNode(spec, index, surroundings));
  });
  followPods(informers, agents);
  components.onChange = (name, node) => {
    if (name === 'cni') agents.get(node)?.kubelet.reportNode();
  };
  void publishApiEndpoints(createApiClient(transport(MASTERS), { userAgent: 'kube-apiserver' }), nodeAddress(0));
  if (bare) {
    components.startAll(agents);
    for (const { kubelet } of agents.values()) void kubelet.start();
  } else bootKubeadm({ agents, plane, flavour, transport });

  let admin: string | undefined;
  const nodes = new Map<string, Machine>([...agents].map(([name, { machine }]) => [name, machine]));
  return {
    clock,
    flavour,
    nodes,
    transport,
    admin: () => transport(MASTERS),
    addMachine: ({ hostname, address = base.nextAddress(), programs: own }: { hostname: string; address?: string; programs?: Programs }) =>
      joinMachine({ network, clock, hostname, address, programs: own ?? programs, nodes: flavour.nodes }),
    container: (namespace, pod, container) => {
      for (const { kubelet } of agents.values()) {
        const slots = kubelet.worker(namespace, pod)?.slots;
        const slot = container === undefined ? slots?.find((s) => s.role === 'main') : slots?.find((s) => s.name === container);
        if (slot?.run && slot.running) return slot.run.machine;
      }
      return undefined;
    },
    adminKubeconfig: () => {
      admin ??= kubeconfig({
        server: `https://${nodeAddress(0)}:6443`,
        authority: plane.apiServer.context.authority,
        user: MASTERS.name,
        groups: adminGroups(flavour),
      });
      return admin;
    },
    outside: () => ({
      http: withMetrics((request: HttpRequest) => plane.apiServer.http(request), source),
      server: plane.apiServer.serverCertificate(),
      admin: plane.apiServer.context.authority.clientCredential(MASTERS.name, adminGroups(flavour)),
      caCertificate: plane.apiServer.context.authority.caCertificate,
    }),
    settle: (bounds) => clock.settle(bounds),
    revision: () => plane.store.revision,
    stop: () => {
      for (const { kubelet } of agents.values()) kubelet.stop();
      components.stopAll();
      informers.stop();
    },
  };
}

/** A metrics-server is there and ready. */
function metricsReady(agents: ReadonlyMap<string, NodeAgent>): boolean {
  const isServer = (image: string) => image.includes('metrics-server/metrics-server');
  return [...agents.values()].some(({ kubelet }) =>
    [...kubelet.workers()].some(({ slots }) => slots.some((s) => s.running && s.ready && isServer(s.imageName))),
  );
}

const reachable = (agent: NodeAgent | undefined): KubeletApi | undefined => (agent?.kubelet.running ? agent.kubelet.server : undefined);
