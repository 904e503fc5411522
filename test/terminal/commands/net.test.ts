import { expect, it } from 'vitest';
import { Random } from '../../../src/clock/index.ts';
import type { HttpRequest, HttpResponse } from '../../../src/machine/index.ts';
import * as x509 from '../../../src/machine/x509/index.ts';
import { createWorld, runSimulated, START, words } from './both-worlds.ts';

const YEAR = 365 * 86_400_000;
const random = new Random('net');
const key = x509.ed25519Key(random);
const ca = x509.createCa({ commonName: 'kubernetes', key: x509.ed25519Key(random), notBefore: START - YEAR, notAfter: START + YEAR });

function certificate(names: readonly string[], notAfter = START + YEAR): string {
  const altNames = { dns: names, ips: [] };
  const subject = [['CN', 'server']] as const;
  return x509.certificatePem(
    x509.issueCertificate({ subject, publicKey: key.publicKey, notBefore: START - YEAR, notAfter, serial: 7n, altNames }, ca),
  );
}

function world() {
  const made = createWorld();
  const { network, files } = made.machine;
  const http = async ({ path, method }: HttpRequest): Promise<HttpResponse> => {
    if (path === '/missing') return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'no\n' };
    if (path === '/moved') return { status: 302, headers: { location: '/' }, body: '' };
    if (path === '/slow') return new Promise<never>(() => undefined);
    return { status: 200, headers: { 'content-type': 'text/plain', server: 'nginx' }, body: `${method} ok\n` };
  };
  network.listen(80, { name: 'nginx', http });
  network.listen(443, { name: 'api', http, tls: { certificate: certificate(['box', 'localhost']) } });
  network.listen(8443, { name: 'old', http, tls: { certificate: certificate(['box'], START - 1) } });
  files.write('/root/work/ca.crt', x509.certificatePem(ca.certificate));
  return made;
}

const MORE = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.
`;

it.each<[string, string, string, number]>([
  ['curl -s http://box/', 'GET ok\n', '', 0],
  ['curl -s -X DELETE box', 'DELETE ok\n', '', 0],
  ['curl -sI box', 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nServer: nginx\r\nContent-Length: 8\r\n\r\n', '', 0],
  ['curl -sL box/moved', 'GET ok\n', '', 0],
  ["curl -s -o /dev/null -w '%{http_code}' box/missing", '404', '', 0],
  ['curl -sSf box/missing', '', 'curl: (22) The requested URL returned error: 404\n', 22],
  ['curl -sS box:81', '', "curl: (7) Failed to connect to box port 81 after 0 ms: Couldn't connect to server\n", 7],
  ['curl -sS nobody', '', 'curl: (6) Could not resolve host: nobody\n', 6],
  ['curl -sS -m 2 box/slow', '', 'curl: (28) Operation timed out after 2000 milliseconds with 0 bytes received\n', 28],
  ['curl -sS https://box', '', `curl: (60) SSL certificate problem: unable to get local issuer certificate\n${MORE}`, 60],
  ['curl -sk https://box', 'GET ok\n', '', 0],
  ['curl -s --cacert ca.crt https://localhost', 'GET ok\n', '', 0],
  [
    'curl -sS --cacert ca.crt https://127.0.0.1',
    '',
    `curl: (60) SSL: no alternative certificate subject name matches target host name '127.0.0.1'\n${MORE}`,
    60,
  ],
  ['curl -sS --cacert ca.crt https://box:8443', '', `curl: (60) SSL certificate problem: certificate has expired\n${MORE}`, 60],
  ['curl -sS https://box:80', '', 'curl: (35) OpenSSL/3.0.13: error:0A00010B:SSL routines::wrong version number\n', 35],
  ['curl -sS --cacert no.crt https://box', '', 'curl: (77) error setting certificate file: no.crt\n', 77],
  ['curl -s http://box:443', 'Client sent an HTTP request to an HTTPS server.\n', '', 0],
  ['wget -qO- box', 'GET ok\n', '', 0],
  ['wget -qO- --no-check-certificate https://box', 'GET ok\n', '', 0],
  [
    'wget -O- https://127.0.0.1',
    '',
    "--2026-11-20 12:00:00--  https://127.0.0.1/\nConnecting to 127.0.0.1:443... connected.\nERROR: cannot verify 127.0.0.1's certificate, issued by ‘CN=kubernetes’:\n" +
      "  Unable to locally verify the issuer's authority.\nTo connect to 127.0.0.1 insecurely, use `--no-check-certificate'.\n",
    5,
  ],
  ['nc -zv 127.0.0.1 80', '', 'Connection to 127.0.0.1 80 port [tcp/http] succeeded!\n', 0],
  ['nc -zv 127.0.0.1 81', '', 'nc: connect to 127.0.0.1 port 81 (tcp) failed: Connection refused\n', 1],
  ['nslookup web', ';; connection timed out; no servers could be reached\n\n', '', 1],
])('%s', async (line, stdout, stderr, code) => {
  expect(await runSimulated({ argv: words(line) }, world())).toEqual({ stdout, stderr, code });
});

it('shows the client’s certificate', async () => {
  const made = createWorld();
  let seen: string | undefined;
  const tls = { certificate: certificate(['box']) };
  made.machine.network.listen(6443, {
    name: 'api',
    tls,
    http: async ({ clientCertificate }) => {
      seen = clientCertificate;
      return { status: 200, headers: {}, body: '' };
    },
  });
  made.machine.files.write('/root/work/me.crt', 'PEM');
  made.machine.files.write('/root/work/me.key', 'KEY');
  await runSimulated({ argv: words('curl -sk --cert me.crt --key me.key https://box:6443') }, made);
  expect(seen).toBe('PEM');
});
