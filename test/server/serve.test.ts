import { request } from 'node:https';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock/index.ts';
import { createControlPlane } from '../../src/cluster/control-plane.ts';
import { serve } from '../../src/server/index.ts';

const get = (url: string, options: object): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end();
  });

const open = async () => {
  const { apiServer } = createControlPlane({ clock: new VirtualClock({ start: Date.parse('2026-01-01T00:00:00Z'), seed: 1 }) });
  const { authority } = apiServer.context;
  const admin = authority.clientCredential('kubernetes-admin', ['system:masters']);
  const serving = await serve({ api: apiServer, port: 0, server: apiServer.serverCertificate(), caCertificate: authority.caCertificate, admin });
  const secure = { ca: authority.caCertificate, checkServerIdentity: () => undefined, rejectUnauthorized: false };
  return { serving, strange: secure, known: { ...secure, cert: admin.certificate, key: admin.key } };
};

test('lets in whoever has a certificate of the cluster, and nobody else', async () => {
  const { serving, known, strange } = await open();
  const url = `${serving.url}/api/v1/namespaces/default`;
  const answer = await get(url, known);
  expect([answer.status, JSON.parse(answer.body).metadata.name]).toEqual([200, 'default']);
  for (const path of ['/api/v1/namespaces/default', '/api/v1/secrets', '/openapi/v2', '/api/v1/namespaces/default/pods/web/exec?command=id', '/x']) {
    expect([path, (await get(serving.url + path, strange)).status]).toEqual([path, 403]);
    expect([path, (await get(serving.url + path, { ...strange, headers: { authorization: 'Bearer made-up' } })).status]).toEqual([path, 401]);
  }
  await serving.close();
});

const UPGRADE = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'x', 'sec-websocket-protocol': 'v5.channel.k8s.io' };

test.each([
  ['another name for this computer', { host: 'cluster.example:443' }],
  ['a page of another site', { origin: 'https://example.com' }],
  ['a page that claims to be local', { origin: 'https://127.0.0.1' }],
])('tells nothing to %s, whatever its certificate', async (_name, headers) => {
  const { serving, known } = await open();
  const url = `${serving.url}/api/v1/namespaces/default`;
  expect(await get(url, { ...known, headers })).toEqual({ status: 403, body: '' });
  await expect(get(url, { ...known, headers: { ...UPGRADE, ...headers } })).rejects.toThrow('socket hang up');
  await serving.close();
});

test('answers an upgrade that is not granted as the request it is', async () => {
  const { serving, known, strange } = await open();
  const url = `${serving.url}/api/v1/namespaces/default/pods/web/exec?command=id`;
  const refused = await get(url, { ...strange, headers: UPGRADE });
  expect([refused.status, JSON.parse(refused.body).message]).toEqual([
    403,
    'pods "web" is forbidden: User "system:anonymous" cannot get resource "pods/exec" in API group "" in the namespace "default"',
  ]);
  const missing = await get(url, { ...known, headers: UPGRADE });
  expect([missing.status, JSON.parse(missing.body).message]).toEqual([404, 'pods "web" not found']);
  await serving.close();
});
