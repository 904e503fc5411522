import type { DnsAnswer, DnsType } from '../../machine/index.ts';
import type { NodeSpec } from '../cluster-contract.ts';
import { ADDRESSES, nodeAddress } from '../flavours.ts';
import type { Network } from './network.ts';

/** The router of the machines' network, which is their name server too. */
export function createNetworkBase(network: Network, nodes: readonly NodeSpec[]): { nextAddress(): string } {
  const router = network.join({ kind: 'machine', name: 'gateway' }, [ADDRESSES.gateway]);
  const names = new Map(nodes.map(({ name }, index) => [name, nodeAddress(index)]));
  const answer = async ({ name, type }: { name: string; type: DnsType }): Promise<Omit<DnsAnswer, 'server'>> => {
    const address = names.get(name.replace(/\.$/, ''));
    if (!address) return { status: 'NXDOMAIN', records: [] };
    return { status: 'NOERROR', records: type === 'A' ? [{ name, type: 'A', ttl: 60, data: address }] : [] };
  };
  for (const protocol of ['UDP', 'TCP'] as const) router.listen(53, { name: 'dns', dns: answer }, '0.0.0.0', protocol);
  let last = 4;
  return {
    nextAddress: () => {
      do last++;
      while (network.has(`192.168.100.${last}`));
      return `192.168.100.${last}`;
    },
  };
}
