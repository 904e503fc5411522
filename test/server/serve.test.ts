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

test('lets in whoever has a certificate of the cluster, and nobody else', async () => {
  const { apiServer } = createControlPlane({ clock: new VirtualClock({ start: Date.parse('2026-01-01T00:00:00Z'), seed: 1 }) });
  const { authority } = apiServer.context;
  const admin = authority.clientCredential('kubernetes-admin', ['system:masters']);
  const serving = await serve({ api: apiServer, port: 0, server: apiServer.serverCertificate(), caCertificate: authority.caCertificate, admin });
  const url = `${serving.url}/api/v1/namespaces/default`;
  const secure = { ca: authority.caCertificate, checkServerIdentity: () => undefined, rejectUnauthorized: false };
  const known = await get(url, { ...secure, cert: admin.certificate, key: admin.key });
  expect([known.status, JSON.parse(known.body).metadata.name]).toEqual([200, 'default']);
  expect((await get(url, secure)).status).toBe(403);
  await serving.close();
});
