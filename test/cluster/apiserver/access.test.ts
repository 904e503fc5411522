import { expect, test } from 'vitest';
import type { ApiRequest } from '../../../src/api/client/transport.ts';
import { VirtualClock } from '../../../src/clock/index.ts';
import { createControlPlane } from '../../../src/cluster/control-plane.ts';

const plane = () => createControlPlane({ clock: new VirtualClock({ start: Date.parse('2026-01-01T00:00:00Z'), seed: 1 }) });
const pods = '/api/v1/namespaces/default/pods';
const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [{ name: 'a', image: 'nginx' }] } });

test('credentials are checked: certificates, service account tokens, nothing', async () => {
  const { apiServer, admin } = plane();
  const { certificate } = apiServer.context.authority.clientCredential('jane', ['dev']);
  const http = apiServer.service().http;
  const who = async (extra: object) =>
    (await http?.({ method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', body: {}, ...extra }))?.body;
  expect(await who({ clientCertificate: certificate })).toMatchObject({
    status: { userInfo: { username: 'jane', groups: ['dev', 'system:authenticated'] } },
  });
  const { body } = await admin()({ method: 'POST', path: '/api/v1/namespaces/default/serviceaccounts/default/token', body: {} });
  const { token } = (body as { status: { token: string } }).status;
  expect(await who({ headers: { authorization: `Bearer ${token}` } })).toMatchObject({
    status: { userInfo: { username: 'system:serviceaccount:default:default' } },
  });
  expect(await who({ headers: { authorization: 'Bearer nonsense' } })).toMatchObject({ message: 'Unauthorized', code: 401 });
  expect(await who({})).toMatchObject({ code: 403 });
});

test('a pod is given its account, tolerations and priority', async () => {
  const { admin } = plane();
  const { body } = await admin()({ method: 'POST', path: pods, body: pod('web') });
  expect(body).toMatchObject({
    metadata: { name: 'web', namespace: 'default', generation: 1 },
    spec: {
      serviceAccountName: 'default',
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
      containers: [{ volumeMounts: [{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }] }],
      tolerations: [{ key: 'node.kubernetes.io/not-ready' }, { key: 'node.kubernetes.io/unreachable' }],
    },
  });
});

test.each<[string, ApiRequest, string]>([
  [
    'a namespace that is not there',
    { method: 'POST', path: '/api/v1/namespaces/nope/configmaps', body: { metadata: { name: 'a' } } },
    'namespaces "nope" not found',
  ],
  [
    'an immortal namespace',
    { method: 'DELETE', path: '/api/v1/namespaces/default' },
    'namespaces "default" is forbidden: this namespace may not be deleted',
  ],
  [
    'an unknown field, strictly',
    { method: 'POST', path: pods, query: { fieldValidation: 'Strict' }, body: { ...pod('x'), spec: { ...pod('x').spec, colour: 'blue' } } },
    'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.colour"',
  ],
  [
    'an address outside the range',
    {
      method: 'POST',
      path: '/api/v1/namespaces/default/services',
      body: { metadata: { name: 's' }, spec: { clusterIP: '192.168.1.1', ports: [{ port: 80 }] } },
    },
    'Service "s" is invalid: spec.clusterIPs: Invalid value: ["192.168.1.1"]: failed to allocate IP 192.168.1.1: the provided network does not match the current range',
  ],
  [
    'a field that cannot be selected',
    { method: 'GET', path: '/api/v1/namespaces/default/configmaps', query: { fieldSelector: 'data.v=1' } },
    '"data.v" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ],
])('refuses %s', async (_name, request, message) => {
  const { body } = await plane().admin()(request);
  expect(body).toMatchObject({ message });
});
