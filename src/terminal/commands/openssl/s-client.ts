import { NetworkError } from '../../../machine/index.ts';
import { toPem } from '../../../machine/x509/index.ts';
import { chunks } from '../input.ts';
import { type Call, OpensslFailure, queued, type Subcommand } from './call.ts';
import { type CertificateDocument, dateText } from './documents.ts';
import { keyAlgorithm, keyBits } from './key-text.ts';
import { certificatesIn } from './load.ts';
import { nameText } from './names.ts';
import { authorities, type Trouble, verifyChain } from './verify.ts';

const SYSTEM_TRUST = '/etc/ssl/certs/ca-certificates.crt';

export const sClient: Subcommand = {
  names: ['s_client'],
  options:
    'connect= host= port= servername= noservername showcerts CAfile= CApath= verify= verify_hostname= verify_return_error cert= key= quiet brief ign_eof no_ign_eof ' +
    'tls1_2 tls1_3 alpn= starttls= prexit nocommands status 4 6',
  async run(call) {
    const { host, port } = target(call);
    const service = await connect(call, host, port);
    const sent = call.has('tls1_2') ? 188 : 306;
    if (!service.tls) {
      const why = '0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:354:';
      throw new OpensslFailure(`${call.has('quiet') ? '' : 'CONNECTED(00000003)\n'}${queued(call, why)}`);
    }
    const chain = certificatesIn(service.tls.certificate);
    const [leaf] = chain;
    if (!leaf)
      throw new OpensslFailure(
        queued(call, '0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../ssl/record/rec_layer_s3.c:1593:'),
      );
    if (!call.has('servername') && !isName(host)) await call.process.error("Can't use SSL_get_servername\n");
    const trouble = await judge(call, leaf, chain);
    if (trouble && call.has('verify_return_error')) return 1;
    if (!call.has('quiet')) await call.process.print(report(call, chain, { leaf, trouble, sent }));
    for await (const chunk of chunks(call.process.stdin)) if (/^Q/m.test(Buffer.from(chunk).toString('latin1'))) break;
    if (!call.has('quiet')) await call.process.error('DONE\n');
    return 0;
  },
};

const isName = (host: string): boolean => /[a-z]/i.test(host) && !host.includes(':') && host !== 'localhost';

function target(call: Call): { host: string; port: number } {
  const text = call.value('connect') ?? `${call.value('host') ?? call.operands[0] ?? 'localhost'}:${call.value('port') ?? '4433'}`;
  const [, host = '', port = '4433'] = /^\[?(.*?)\]?(?::(\d+|https))?$/.exec(text) ?? [];
  return { host: host || 'localhost', port: port === 'https' ? 443 : Number(port) };
}

async function connect(call: Call, host: string, port: number) {
  try {
    return (await call.process.machine.network.connect({ host, port }, { signal: call.process.signal })).service;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
      const why = error.code === 'ENOTFOUND' ? 'Name or service not known' : 'Temporary failure in name resolution';
      throw new OpensslFailure(
        `${queued(call, `10080002:BIO routines:BIO_lookup_ex:system lib:../crypto/bio/bio_addr.c:738:${why}`)}connect:errno=${error.code === 'ENOTFOUND' ? 22 : 11}\n`,
      );
    }
    const [errno, text] = ERRNOS[error.code] ?? [111, 'Connection refused'];
    const code = `800000${errno.toString(16).toUpperCase().padStart(2, '0')}`;
    const first = `${code}:system library:BIO_connect:${text}:../crypto/bio/bio_sock2.c:114:calling connect()`;
    const second = '10000067:BIO routines:BIO_connect:connect error:../crypto/bio/bio_sock2.c:116:';
    throw new OpensslFailure(`${queued(call, first, second)}connect:errno=${errno}\n`);
  }
}

const ERRNOS: Readonly<Record<string, readonly [number, string]>> = {
  ECONNREFUSED: [111, 'Connection refused'],
  ETIMEDOUT: [110, 'Connection timed out'],
  EHOSTUNREACH: [113, 'No route to host'],
  ENETUNREACH: [101, 'Network is unreachable'],
  ECONNRESET: [104, 'Connection reset by peer'],
};

/** Tells on stderr what the chain's verification came to at each depth. */
async function judge(call: Call, leaf: CertificateDocument, sent: readonly CertificateDocument[]): Promise<Trouble | undefined> {
  const path = call.value('CAfile');
  const { files } = call.process.machine;
  const roots = path !== undefined ? authorities(call, path) : files.exists(SYSTEM_TRUST) ? certificatesIn(files.readText(SYSTEM_TRUST)) : [];
  const now = call.process.clock.now();
  const { chain, trouble } = verifyChain(leaf, { roots, untrusted: sent.slice(1), now, host: call.value('verify_hostname') });
  const line = (depth: number) => `depth=${depth} ${nameText(chain[depth]?.subject ?? [])}\n`;
  const failed = trouble ? `${line(trouble.depth)}verify error:num=${trouble.code}:${trouble.text}\n${expiryLine(trouble)}verify return:1\n` : '';
  const second =
    trouble?.code === 20 && chain.length === 1 ? `${line(0)}verify error:num=21:unable to verify the first certificate\nverify return:1\n` : '';
  const each = chain.map((_, depth) => `${line(depth)}verify return:1\n`).reverse();
  await call.process.error(failed + second + each.join(''));
  return second && trouble ? { ...trouble, code: 21, text: 'unable to verify the first certificate' } : trouble;
}

const expiryLine = ({ code, certificate }: Trouble): string => (code === 10 ? `notAfter=${dateText(certificate.notAfter)}\n` : '');

const keyLabel = (one: CertificateDocument): string => keyAlgorithm(one.publicKey);
const signatureLabel = ({ algorithm }: CertificateDocument): string =>
  algorithm.startsWith('1.2.840.113549') ? 'RSA-SHA256' : algorithm === '1.3.101.112' ? 'ED25519' : 'ecdsa-with-SHA256';

function chainText(call: Call, chain: readonly CertificateDocument[]): string {
  return chain
    .map((one, n) => {
      const pem = call.has('showcerts') ? toPem('CERTIFICATE', one.der) : '';
      return (
        `${String(n).padStart(2)} s:${nameText(one.subject)}\n   i:${nameText(one.issuer)}\n` +
        `   a:PKEY: ${keyLabel(one)}, ${keyBits(one.publicKey)} (bit); sigalg: ${signatureLabel(one)}\n` +
        `   v:NotBefore: ${dateText(one.notBefore)}; NotAfter: ${dateText(one.notAfter)}\n${pem}`
      );
    })
    .join('');
}

interface Session {
  readonly leaf: CertificateDocument;
  readonly trouble: Trouble | undefined;
  readonly sent: number;
}

function report(call: Call, chain: readonly CertificateDocument[], { leaf, trouble, sent }: Session): string {
  const kind = leaf.publicKey.asymmetricKeyType;
  const received = chain.reduce((sum, one) => sum + one.der.length + 5, 0) + keyBits(leaf.publicKey) / 8 + 250;
  const pem = call.has('showcerts') ? '' : toPem('CERTIFICATE', leaf.der);
  const verdict = trouble ? `Verification error: ${trouble.text}` : 'Verification: OK';
  const digest = kind === 'ed25519' ? '' : 'Peer signing digest: SHA256\n';
  return (
    `CONNECTED(00000003)\n---\nCertificate chain\n${chainText(call, chain)}---\nServer certificate\n${pem}` +
    `subject=${nameText(leaf.subject)}\nissuer=${nameText(leaf.issuer)}\n---\nNo client certificate CA names sent\n` +
    `${digest}Peer signature type: ${kind === 'rsa' ? 'RSA-PSS' : kind === 'ec' ? 'ECDSA' : 'Ed25519'}\nServer Temp Key: X25519, 253 bits\n---\n` +
    `SSL handshake has read ${received} bytes and written ${sent} bytes\n${verdict}\n---\nNew, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256\n` +
    `Server public key is ${keyBits(leaf.publicKey)} bit\nSecure Renegotiation IS NOT supported\nCompression: NONE\nExpansion: NONE\n` +
    `No ALPN negotiated\nEarly data was not sent\nVerify return code: ${trouble ? `${trouble.code} (${trouble.text})` : '0 (ok)'}\n---\n`
  );
}
