import { expect, it } from 'vitest';
import type { Informers } from '../../../src/api/client/informer.ts';
import { parseCorefile } from '../../../src/cluster/network/dns/corefile.ts';
import { answerQuestion, type NameServerPlace } from '../../../src/cluster/network/dns/name-server.ts';

const objects = new Map<string, unknown>([
  ['namespaces//shop', { metadata: { name: 'shop' } }],
  ['services/shop/web', { metadata: { name: 'web', namespace: 'shop' }, spec: { clusterIP: '10.96.0.7' } }],
  ['services/shop/alias', { spec: { type: 'ExternalName', externalName: 'web.shop.svc.cluster.local' } }],
  ['services/shop/circle', { spec: { type: 'ExternalName', externalName: 'circle.shop.svc.cluster.local' } }],
]);
const informers = {
  for: ({ resource }: { resource: string }) => ({
    get: (namespace: string, name: string) => objects.get(`${resource}/${namespace}/${name}`),
    byIndex: () => [],
  }),
} as unknown as Informers;
const blocks = parseCorefile('.:53 {\n  kubernetes cluster.local in-addr.arpa\n}\n');
const ask = (name: string) => answerQuestion({ name, type: 'A' }, blocks, { informers } as unknown as NameServerPlace);

it('follows an ExternalName to a name of its own zone', async () => {
  const answer = await ask('alias.shop.svc.cluster.local');
  expect(answer?.records.map(({ type, data }) => [type, data])).toEqual([
    ['CNAME', 'web.shop.svc.cluster.local.'],
    ['A', '10.96.0.7'],
  ]);
});

it('gives an alias up that leads to itself', async () => {
  const answer = await ask('circle.shop.svc.cluster.local');
  expect(new Set(answer?.records.map(({ type }) => type))).toEqual(new Set(['CNAME']));
});
