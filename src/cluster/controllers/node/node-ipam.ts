import { Nodes } from '../../../api/kinds/resource-types.ts';
import { type ControllerDefinition, defineController, watch } from '../define-controller.ts';

const number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const text = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** Gives every node a part of the cluster's pod addresses. */
export const nodeIpam = (clusterCidr: string, maskSize = 24): ControllerDefinition =>
  defineController({
    name: 'node-ipam-controller',
    serviceAccount: 'node-controller',
    eventSource: 'cidrAllocator',
    watches: [watch(Nodes, ({ metadata, spec }) => (spec?.podCIDR ? [] : [metadata.name ?? '']))],
    reconcile: async (name, { api, event, informers }) => {
      const node = informers.for(Nodes).get('', name);
      if (!node || node.spec?.podCIDR) return;
      const [base = '', prefix = '16'] = clusterCidr.split('/');
      const taken = new Set(
        informers
          .for(Nodes)
          .list()
          .map(({ spec }) => spec?.podCIDR),
      );
      const size = 2 ** (32 - maskSize);
      for (let i = 0; i < 2 ** (maskSize - Number(prefix)); i++) {
        const podCIDR = `${text(number(base) + i * size)}/${maskSize}`;
        if (taken.has(podCIDR)) continue;
        await api.patch(Nodes, '', name, 'strategic', { spec: { podCIDR, podCIDRs: [podCIDR] } });
        return;
      }
      event(node, 'Normal', 'CIDRNotAvailable', `Node ${name} status is now: CIDRNotAvailable`);
    },
  });
