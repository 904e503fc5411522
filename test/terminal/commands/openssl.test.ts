import { describe, expect, it } from 'vitest';
import type * as simulated from '../../../src/machine/index.ts';
import { compareWithReal, createWorld, type Given, type Outcome, runReal, runSimulated, START, words } from './both-worlds.ts';

compareWithReal();

type Files = Readonly<Record<string, string>>;

const HOME = '/root/work';
const world = createWorld();
const run = (line: string, files: Files = {}, stdin?: string): Promise<Outcome> => runSimulated({ argv: words(line), files, stdin }, world);
const read = (machine: simulated.Machine, name: string): string => machine.files.readText(`${HOME}/${name}`);

const CONFIG = `[req]
distinguished_name = dn
req_extensions = v3
prompt = no
[dn]
CN = svc
O = dev
[v3]
keyUsage = critical, keyEncipherment, dataEncipherment
extendedKeyUsage = serverAuth
subjectAltName = @alt
[alt]
DNS.1 = svc.web
DNS.2 = svc
IP.1 = 10.0.0.1
`;

/** Everything the comparisons below look at, made by the simulated openssl. */
const made = await (async (): Promise<Files> => {
  const given = { 'req.cnf': CONFIG, 'ext.cnf': 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:dana\n' };
  for (const line of [
    'openssl genrsa -out ca.key 2048',
    'openssl req -x509 -new -key ca.key -subj /CN=lab-ca -days 36500 -out ca.crt',
    'openssl genrsa -out dana.key 2048',
    'openssl req -new -key dana.key -subj "/O=dev, ops/CN=dana" -out dana.csr',
    'openssl req -new -key dana.key -config req.cnf -out svc.csr',
    'openssl req -new -key dana.key -subj /CN=x -addext subjectAltName=DNS:a,IP:1.2.3.4,email:a@b.c,IP:fd00::1 -out alt.csr',
    'openssl x509 -req -in dana.csr -CA ca.crt -CAkey ca.key -set_serial 0x10 -days 36500 -out plain.crt',
    'openssl x509 -req -in dana.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 36500 -extfile ext.cnf -out dana.crt',
    'openssl x509 -req -in svc.csr -CA ca.crt -CAkey ca.key -set_serial 7 -days 36500 -extfile req.cnf -extensions v3 -out svc.crt -sha512',
    'openssl ecparam -name prime256v1 -genkey -out ec.key',
    'openssl req -x509 -key ec.key -subj /CN=ec -days 36500 -out ec.crt',
    'openssl genpkey -algorithm ED25519 -out ed.key',
    'openssl pkey -in dana.key -pubout -out dana.pub',
  ]) {
    const { code, stderr } = await run(line, given);
    if (code !== 0) throw new Error(`${line}: ${stderr}`);
  }
  const names = 'ca.key ca.crt dana.key dana.csr svc.csr alt.csr plain.crt dana.crt svc.crt ec.key ec.crt ed.key dana.pub'.split(' ');
  return { ...given, ...Object.fromEntries(names.map((name) => [name, read(world.machine, name)])) };
})();

/** Threads and lines of C differ between builds. */
const comparable = ({ stdout, stderr, code }: Outcome): Outcome => ({
  stdout,
  stderr: stderr.replace(/^[0-9A-F]+:error:/gm, 'error:').replace(/(\.c):\d+:/g, '$1:'),
  code,
});

describe('the same as the real one', () => {
  it.each<[string, string?]>([
    ['openssl x509 -in ca.crt -noout -text'],
    ['openssl x509 -in plain.crt -noout -text'],
    ['openssl x509 -in dana.crt -noout -text'],
    ['openssl x509 -in svc.crt -noout -text -nameopt RFC2253'],
    ['openssl x509 -in ec.crt -text'],
    ['openssl x509 -in dana.crt -noout -subject -issuer -dates -serial -fingerprint -pubkey -modulus'],
    ['openssl x509 -in dana.crt -noout -enddate -startdate -sha256 -fingerprint'],
    ['openssl x509 -in dana.crt -noout -subject -issuer -ext subjectAltName,basicConstraints'],
    ['openssl x509 -in plain.crt -noout -ext keyUsage'],
    ['openssl x509 -in svc.crt -noout -ext keyUsage,extendedKeyUsage'],
    ['openssl x509 -in svc.crt -noout -checkend 86400'],
    ['openssl x509 -in svc.crt -noout -checkhost svc.web'],
    ['openssl x509 -in dana.crt -outform DER -noout'],
    ['openssl x509 -noout -subject', 'ca.crt'],
    ['openssl x509 -in nofile -noout'],
    ['openssl x509 -in'],
    ['openssl x509 -noout dana.crt'],
    ['openssl x509 -in dana.crt -noout -foo -fingerprint'],
    ['openssl req -in dana.csr -noout -text'],
    ['openssl req -in alt.csr -noout -text -verify'],
    ['openssl req -in svc.csr -text -subject -pubkey'],
    ['openssl req -in dana.csr -noout -subject -verify -nameopt RFC2253'],
    ['openssl req -in ca.crt -noout'],
    ['openssl req -in nofile -noout'],
    ['openssl req -new -key dana.key -subj O=bad'],
    ['openssl req -new -key dana.key -subj /CN=x/FOO=bar'],
    ['openssl req -new -key dana.key -subj "/O=a\\/b/CN=x" -addext keyUsage=digitalSignature -sha384'],
    ['openssl req -new -key dana.key -config req.cnf'],
    ['openssl req -new -key dana.key -subj /CN=a -addext foo=bar'],
    ['openssl req -new -key dana.key -subj /CN=a -addext subjectAltName=foo'],
    ['openssl req -new -key nofile -subj /CN=a'],
    ['openssl req -new -key ca.crt -subj /CN=a'],
    ['openssl req -foo'],
    ['openssl verify -CAfile ca.crt dana.crt svc.crt'],
    ['openssl verify dana.crt'],
    ['openssl verify -CAfile dana.crt ca.crt'],
    ['openssl verify -CAfile ca.crt -verify_hostname zz dana.crt'],
    ['openssl verify -CAfile ca.crt -purpose sslclient svc.crt'],
    ['openssl verify -CAfile nofile dana.crt'],
    ['openssl verify -CAfile ca.crt nofile'],
    ['openssl rsa -in dana.key -noout -text'],
    ['openssl rsa -in dana.key -traditional'],
    ['openssl rsa -in dana.key -pubout'],
    ['openssl rsa -in dana.key -noout -modulus -check'],
    ['openssl rsa -in ec.key -noout'],
    ['openssl rsa -pubin -in dana.pub -noout -text'],
    ['openssl ec -in ec.key -noout -text'],
    ['openssl ec -in ec.key -pubout'],
    ['openssl pkey -in ed.key -text'],
    ['openssl pkey -in ec.key'],
    ['openssl ecparam -name prime256v1'],
    ['openssl ecparam -name nope'],
    ['openssl genrsa foo'],
    ['openssl genpkey'],
    ['openssl rand -hex x'],
    ['openssl base64 -in dana.csr'],
    ['openssl enc -base64 -A -in req.cnf'],
    ['openssl base64 -d', 'ext.cnf'],
    ['openssl dgst -sha256 req.cnf'],
    ['openssl dgst req.cnf ext.cnf'],
    ['openssl dgst -hmac key -r req.cnf'],
    ['openssl sha256', 'req.cnf'],
    ['openssl dgst -sha256 -sign dana.key -out sig req.cnf'],
    ['openssl dgst nofile'],
    ['openssl nope'],
  ])('%s', async (line, input) => {
    const given: Given = { argv: words(line), files: made, stdin: input && made[input] };
    expect(comparable(await runSimulated(given))).toEqual(comparable(runReal(given)));
  });
});

describe('by itself', () => {
  it('gives the same key for the same world, another for another process', async () => {
    const first = await runSimulated({ argv: words('openssl genrsa 1024') });
    expect(await runSimulated({ argv: words('openssl genrsa 1024') })).toEqual(first);
    const same = createWorld();
    const [one, two] = [
      await runSimulated({ argv: words('openssl genrsa 1024') }, same),
      await runSimulated({ argv: words('openssl genrsa 1024') }, same),
    ];
    expect(two.stdout).not.toBe(one.stdout);
  });

  it('counts serial numbers in the file beside the CA', async () => {
    const sign = 'openssl x509 -req -in dana.csr -CA ca.crt -CAkey ca.key -CAserial ca.srl -out n.crt';
    const files = { ...made, 'ca.srl': '0F\n' };
    expect(await run(sign, files)).toEqual({
      stdout: '',
      stderr: 'Certificate request self-signature ok\nsubject=O = "dev, ops", CN = dana\n',
      code: 0,
    });
    expect((await run('openssl x509 -in n.crt -noout -serial -dates')).stdout).toBe(
      'serial=10\nnotBefore=Nov 20 12:00:00 2026 GMT\nnotAfter=Dec 20 12:00:00 2026 GMT\n',
    );
    expect(read(world.machine, 'ca.srl')).toBe('10\n');
  });

  it('keeps keys private', async () => {
    await run('openssl genrsa -out secret.key 1024');
    expect(world.machine.files.stat(`${HOME}/secret.key`).mode & 0o777).toBe(0o600);
  });

  it('refuses keys that do not belong to the CA', async () => {
    const { stderr, code } = await run('openssl x509 -req -in dana.csr -CA ca.crt -CAkey dana.key -out n.crt', made);
    expect([code, stderr.split('\n')[2]]).toEqual([1, 'CA certificate and CA private key do not match']);
  });

  it('asks for the subject at the terminal', async () => {
    const asked = await run('openssl req -new -key dana.key -out asked.csr', made, '\n\n\n\n\nme\n\n\n\n');
    expect(asked.code).toBe(0);
    expect((await run('openssl req -in asked.csr -noout -subject')).stdout).toBe(
      'subject=C = AU, ST = Some-State, O = Internet Widgits Pty Ltd, CN = me\n',
    );
  });

  it('talks to a TLS service', async () => {
    const there = createWorld();
    const http = async () => ({ status: 200, headers: {} });
    there.machine.network.listen(443, { name: 'web', http, tls: { certificate: (made['svc.crt'] ?? '') + (made['ca.crt'] ?? '') } });
    const { stdout, stderr, code } = await runSimulated(
      { argv: words('openssl s_client -connect localhost:443 -servername svc -CAfile ca.crt'), files: made },
      there,
    );
    expect([code, stderr]).toEqual([0, 'depth=1 CN = lab-ca\nverify return:1\ndepth=0 CN = svc, O = dev\nverify return:1\nDONE\n']);
    expect(stdout.split('\n').slice(0, 9)).toEqual([
      'CONNECTED(00000003)',
      '---',
      'Certificate chain',
      ' 0 s:CN = svc, O = dev',
      '   i:CN = lab-ca',
      '   a:PKEY: rsaEncryption, 2048 (bit); sigalg: RSA-SHA256',
      `   v:NotBefore: Nov 20 12:00:00 2026 GMT; NotAfter: ${dateAfter(36_500)}`,
      ' 1 s:CN = lab-ca',
      '   i:CN = lab-ca',
    ]);
    const { stderr: refused } = await runSimulated({ argv: words('openssl s_client -connect localhost:444') }, there);
    expect(refused.split('\n').at(-2)).toBe('connect:errno=111');
  });
});

function dateAfter(days: number): string {
  const [, day, month, year, time] = /, (\d+) (\w+) (\d+) (\S+)/.exec(new Date(START + days * 86_400_000).toUTCString()) ?? [];
  return `${month} ${String(Number(day)).padStart(2)} ${time} ${year} GMT`;
}
