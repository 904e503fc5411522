import { expect, test } from 'vitest';
import { VirtualClock } from '../../../src/clock/index.ts';
import { createControlPlane } from '../../../src/cluster/control-plane.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const root = '/api/v1/namespaces';
const pod = (name: string, container: object = {}) => ({ metadata: { name }, spec: { containers: [{ name: 'a', image: 'nginx', ...container }] } });

async function refusal(labels: Record<string, string>, before: readonly [string, object][], body: object): Promise<string> {
  const call = createControlPlane({ clock: new VirtualClock({ start, seed: 1 }) }).admin();
  await call({ method: 'POST', path: root, body: { metadata: { name: 'n', labels } } });
  await call({ method: 'POST', path: `${root}/n/serviceaccounts`, body: { metadata: { name: 'default' } } });
  for (const [resource, object] of before) {
    const { body: made } = await call({ method: 'POST', path: `${root}/n/${resource}`, body: object });
    const { metadata } = made as { metadata: { name: string } };
    if (resource === 'resourcequotas')
      await call({ method: 'PUT', path: `${root}/n/${resource}/${metadata.name}/status`, body: { ...(made as object), ...object } });
  }
  const { body: answer } = await call({ method: 'POST', path: `${root}/n/pods`, body });
  return (answer as { message?: string }).message ?? 'admitted';
}

const quota = { metadata: { name: 'cap' }, spec: { hard: { pods: '1' } }, status: { hard: { pods: '1' }, used: { pods: '1' } } };
const range = { metadata: { name: 'r' }, spec: { limits: [{ type: 'Container', max: { memory: '256Mi' }, default: { memory: '128Mi' } }] } };

test.each<[string, Record<string, string>, [string, object][], object, string]>([
  [
    'a full quota',
    {},
    [['resourcequotas', quota]],
    pod('x'),
    'pods "x" is forbidden: exceeded quota: cap, requested: pods=1, used: pods=1, limited: pods=1',
  ],
  [
    'a limit above the range',
    {},
    [['limitranges', range]],
    pod('x', { resources: { limits: { memory: '1Gi' } } }),
    'pods "x" is forbidden: maximum memory usage per Container is 256Mi, but limit is 1Gi',
  ],
  ['nothing, where the default fits', {}, [['limitranges', range]], pod('x'), 'admitted'],
  [
    'a privileged container',
    { 'pod-security.kubernetes.io/enforce': 'baseline' },
    [],
    pod('x', { securityContext: { privileged: true } }),
    'pods "x" is forbidden: violates PodSecurity "baseline:latest": privileged (container "a" must not set securityContext.privileged=true)',
  ],
])('refuses %s', async (_name, labels, before, body, want) => {
  expect(await refusal(labels, before, body)).toBe(want);
});
