import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { Random } from '../../../src/clock/index.ts';
import * as x509 from '../../../src/machine/x509/index.ts';

const NOW = Date.parse('2026-11-20T00:00:00Z');
const YEAR = 365 * 86_400_000;
const validity = { notBefore: NOW, notAfter: NOW + YEAR };
const random = new Random('certificates');
const ca = x509.createCa({ commonName: 'kubernetes', key: x509.ed25519Key(random), ...validity });

test.each(['ed25519', 'ec', 'rsa'])('a request with an %s key is signed', (kind) => {
  const key = kind === 'rsa' ? x509.rsaKey(random, 1024) : kind === 'ec' ? x509.ecKey(random) : x509.ed25519Key(random);
  const request = x509.parseSigningRequest(x509.signingRequestPem(x509.createSigningRequest(x509.identityName('jane', ['dev']), key)));
  expect(request?.valid).toBe(true);
  if (!request) return;
  const issued = x509.issueCertificate(
    {
      subject: request.subject,
      publicKey: request.publicKey,
      ...validity,
      serial: 5n,
      keyUsages: ['digital signature'],
      extendedUsages: ['client auth'],
    },
    ca,
  );
  const peer = new X509Certificate(x509.certificatePem(issued));
  expect(peer.verify(new X509Certificate(x509.certificatePem(ca.certificate)).publicKey)).toBe(true);
  expect(peer.subject).toBe('O=dev\nCN=jane');
  expect(x509.verifyCertificate(issued, { roots: [ca.certificate], now: NOW + 1, usage: 'client auth' })).toBeUndefined();
  expect(x509.parsePrivateKey(x509.privateKeyPem(key))).toBeDefined();
});

test('what is wrong is said as Go says it', () => {
  const key = x509.ed25519Key(random);
  const server = x509.issueCertificate(
    {
      subject: [['CN', 's']],
      publicKey: key.publicKey,
      ...validity,
      serial: 6n,
      extendedUsages: ['server auth'],
      altNames: { dns: ['a.b'], ips: ['127.0.0.1', '::1'] },
    },
    ca,
  );
  const check = (options: Partial<x509.VerifyOptions>) => x509.verifyCertificate(server, { roots: [ca.certificate], now: NOW + 1, ...options });
  expect(check({ host: '::1', usage: 'server auth' })).toBeUndefined();
  expect(check({ host: 'c.d' })).toBe('x509: certificate is valid for a.b, not c.d');
  expect(check({ roots: [] })).toBe('x509: certificate signed by unknown authority');
  expect(check({ usage: 'client auth' })).toBe('x509: certificate specifies an incompatible key usage');
  expect(check({ now: NOW + 2 * YEAR })).toBe(
    'x509: certificate has expired or is not yet valid: current time 2028-11-19T00:00:00Z is after 2027-11-20T00:00:00Z',
  );
});

test('the same chance makes the same certificate', () => {
  const make = () =>
    x509.privateKeyPem(x509.rsaKey(new Random(1), 1024)) +
    x509.certificatePem(x509.createCa({ commonName: 'x', key: x509.ed25519Key(new Random(2)), ...validity }).certificate);
  expect(make()).toBe(make());
});
