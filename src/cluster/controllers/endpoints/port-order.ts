import type { DiscoveryV1EndpointPort, EndpointPort } from '../../../api/schema/generated/types.ts';

/** Ports stand in the order of their hashes, as both endpoint controllers leave them. */
export const inSliceOrder = (ports: readonly DiscoveryV1EndpointPort[]): DiscoveryV1EndpointPort[] =>
  byHash(ports, ({ name = '', protocol = 'TCP', port, appProtocol }) =>
    dump(`Name:(*string)${name} Protocol:(*v1.Protocol)${protocol} Port:(*int32)${port ?? '<nil>'} AppProtocol:(*string)${appProtocol ?? '<nil>'}`),
  );

export const inEndpointsOrder = (ports: readonly EndpointPort[]): EndpointPort[] =>
  byHash(ports, ({ name = '', protocol = 'TCP', port, appProtocol }) =>
    dump(`Name:(string)${name} Port:(int32)${port} Protocol:(v1.Protocol)${protocol} AppProtocol:(*string)${appProtocol ?? '<nil>'}`),
  );

/** How the port looks where upstream hashes it. */
const dump = (fields: string) => `(v1.EndpointPort){${fields}}`;

function byHash<T>(ports: readonly T[], text: (port: T) => string): T[] {
  if (ports.length < 2) return [...ports];
  const hashed = ports.map((port) => ({ port, hash: fnv128a(text(port)) }));
  return hashed.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0)).map(({ port }) => port);
}

const OFFSET = 0x6c62272e07bb014262b821756295c58dn;
const PRIME = 0x0000000001000000000000000000013bn;
const MASK = (1n << 128n) - 1n;

function fnv128a(text: string): bigint {
  let hash = OFFSET;
  for (const byte of Buffer.from(text, 'utf8')) hash = ((hash ^ BigInt(byte)) * PRIME) & MASK;
  return hash;
}
