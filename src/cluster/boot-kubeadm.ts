import type { ApiClient, ResourceType } from '../api/client/api-client.ts';
import { createApiClient } from '../api/client/create-api-client.ts';
import type { Transport } from '../api/client/transport.ts';
import * as resources from '../api/kinds/resource-types.ts';
import { apiVersionOf, type KubeObject } from '../api/machinery/object.ts';
import { isStatusError } from '../api/machinery/status-error.ts';
import { addonObjects } from './addons/addon-objects.ts';
import { writeControlPlaneFiles, writeNodeFiles } from './addons/control-plane-files.ts';
import type { Flavour } from './cluster-contract.ts';
import type { ControlPlane } from './control-plane.ts';
import { nodeAddress } from './flavours.ts';
import type { NodeAgent } from './node-agent.ts';

export interface KubeadmBoot {
  readonly agents: ReadonlyMap<string, NodeAgent>;
  readonly plane: ControlPlane;
  readonly flavour: Flavour;
  readonly transport: (user: { name: string; groups: readonly string[] }) => Transport;
}

/** Brings a cluster up as kubeadm leaves it: files on the nodes, add-ons in the store; kubelets do the rest. */
export function bootKubeadm({ agents, plane, flavour, transport }: KubeadmBoot): void {
  const { authority } = plane.apiServer.context;
  const address = nodeAddress(0);
  for (const { name } of flavour.nodes.filter(({ role }) => role === 'control-plane')) {
    const files = agents.get(name)?.machine.files;
    if (files) writeControlPlaneFiles(files, authority, address, flavour.kubernetesVersion);
  }
  for (const { name, machine } of agents.values()) writeNodeFiles(machine.files, name, authority, `https://${address}:6443`);
  for (const { kubelet } of agents.values()) void kubelet.start();
  const api = createApiClient(transport({ name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] }), { userAgent: 'kubeadm' });
  void install(api, addonObjects(flavour, address));
}

async function install(api: ApiClient, objects: readonly KubeObject[]): Promise<void> {
  for (const object of objects) {
    const type = typeOf(object);
    if (!type) continue;
    try {
      await api.create(type, object);
    } catch (error) {
      if (!isStatusError(error, 'AlreadyExists'))
        throw new Error(`add-on ${object.kind} ${object.metadata.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

const everyType = Object.values(resources).flatMap((type): ResourceType[] => ('kind' in type ? [{ ...type }] : []));
const types = new Map(everyType.map((type) => [`${apiVersionOf(type)}/${type.kind}`, type] as const));

const typeOf = ({ apiVersion, kind }: KubeObject): ResourceType | undefined => types.get(`${apiVersion}/${kind}`);
