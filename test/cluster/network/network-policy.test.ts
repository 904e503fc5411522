import { describe, expect, it } from 'vitest';
import type { Informer, Informers } from '../../../src/api/client/informer.ts';
import type { NetworkPolicy, Pod } from '../../../src/api/schema/generated/types.ts';
import { PolicyEngine } from '../../../src/cluster/network/network-policy.ts';

const pod = (namespace: string, app: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: app, namespace, labels: { app } },
  spec: { containers: [{ name: 'c', ports: [{ name: 'web', containerPort: 80 }] }] },
});
const web = pod('shop', 'web');
const api = pod('shop', 'api');
const stranger = pod('other', 'api');

const policy = (spec: NetworkPolicy['spec']): NetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  ...(spec ? { spec } : {}),
});

/** Only what the engine reads: policies of a namespace, and namespaces by name. */
function informersWith(policies: readonly NetworkPolicy[]): Informers {
  const namespaces = ['shop', 'other'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { team: name } } }));
  const listing = (items: readonly object[]) => ({
    list: (namespace?: string) => (namespace === 'shop' ? items : []),
    get: (_: string, name: string) => namespaces.find((n) => n.metadata.name === name),
  });
  return { for: () => listing(policies) as unknown as Informer<never> };
}

const onlyApi: NetworkPolicy['spec'] = {
  podSelector: { matchLabels: { app: 'web' } },
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'api' } } }] }],
};
const cases: [string, NetworkPolicy['spec'][], Pod, number, boolean][] = [
  ['without policies everything passes', [], stranger, 80, true],
  ['an empty ingress policy drops all', [{ podSelector: {}, policyTypes: ['Ingress'] }], api, 80, false],
  ['a policy for others does not matter', [{ podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] }], api, 80, true],
  ['a pod selector means pods of the same namespace', [onlyApi], api, 80, true],
  ['… and not of another', [onlyApi], stranger, 80, false],
  [
    'a namespace selector lets others in',
    [{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'other' } } }] }] }],
    stranger,
    80,
    true,
  ],
  [
    'both selectors in one peer must hold',
    [
      {
        podSelector: {},
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'other' } }, podSelector: { matchLabels: { app: 'x' } } }] }],
      },
    ],
    stranger,
    80,
    false,
  ],
  ['a port may be named', [{ podSelector: {}, ingress: [{ ports: [{ port: 'web' }] }] }], api, 80, true],
  ['other ports stay closed', [{ podSelector: {}, ingress: [{ ports: [{ port: 'web' }] }] }], api, 81, false],
  ['a range of ports', [{ podSelector: {}, ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }] }], api, 8050, true],
  [
    'an address block with a hole',
    [{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }] }],
    api,
    80,
    false,
  ],
  ['policies add up', [{ podSelector: {}, policyTypes: ['Ingress'] }, onlyApi], api, 80, true],
  ['egress of the sender counts too', [{ podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Egress'] }], api, 80, false],
];

describe('NetworkPolicies', () => {
  it.each(cases)('%s', (_, specs, from, port, want) => {
    const engine = new PolicyEngine(informersWith(specs.map(policy)));
    expect(engine.allows({ from: { address: '10.1.0.9', pod: from }, to: { address: '10.1.0.5', pod: web }, port, protocol: 'TCP' })).toBe(want);
  });
});
