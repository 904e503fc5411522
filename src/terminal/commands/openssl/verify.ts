import { isIP } from 'node:net';
import { FileError } from '../../../machine/index.ts';
import { readTime } from '../../../machine/x509/der.ts';
import { parseCertificateDer, verifyCertificate } from '../../../machine/x509/index.ts';
import { verifyBytes } from '../../../machine/x509/keys.ts';
import { type Call, OpensslFailure, openErrors, queued, type Subcommand } from './call.ts';
import type { CertificateDocument } from './documents.ts';
import { certificatesIn, loadCertificate } from './load.ts';
import { nameText } from './names.ts';

export interface Trouble {
  readonly code: number;
  readonly depth: number;
  readonly text: string;
  readonly certificate: CertificateDocument;
}

export interface Trust {
  readonly roots: readonly CertificateDocument[];
  readonly untrusted: readonly CertificateDocument[];
  readonly now: number;
  readonly host?: string | undefined;
  /** `client auth` or `server auth`. */
  readonly usage?: string | undefined;
  readonly partial?: boolean;
}

const isSelfSigned = (one: CertificateDocument): boolean => issued(one, one);

const issued = (issuer: CertificateDocument, one: CertificateDocument): boolean =>
  nameText(issuer.subject) === nameText(one.issuer) && verifyBytes(issuer.publicKey, one.algorithm, one.signed, one.signature);

/** From the leaf as far up as it goes, and what is wrong with it. */
export function verifyChain(leaf: CertificateDocument, trust: Trust): { chain: CertificateDocument[]; trouble: Trouble | undefined } {
  const chain = [leaf];
  let trusted = trust.roots.some((root) => root.der.equals(leaf.der));
  for (let top = leaf; !trusted && !isSelfSigned(top) && chain.length < 10; ) {
    const root = trust.roots.find((one) => issued(one, top));
    const next = root ?? trust.untrusted.find((one) => !chain.includes(one) && issued(one, top));
    if (!next) break;
    chain.push(next);
    top = next;
    trusted = root !== undefined;
  }
  return { chain, trouble: chainTrouble(chain, trusted) ?? timeTrouble(chain, trust.now) ?? purposeTrouble(leaf, trust) };
}

function chainTrouble(chain: readonly CertificateDocument[], trusted: boolean): Trouble | undefined {
  const depth = chain.length - 1;
  const certificate = chain[depth];
  if (!certificate) return undefined;
  const invalid = chain.findIndex((one, n) => n > 0 && one.version > 0 && !parseCertificateDer(one.der).isCa);
  const wrong = chain[invalid];
  if (wrong) return { code: 79, depth: invalid, text: 'invalid CA certificate', certificate: wrong };
  if (trusted) return undefined;
  if (!isSelfSigned(certificate)) return { code: 20, depth, text: 'unable to get local issuer certificate', certificate };
  if (depth === 0) return { code: 18, depth, text: 'self-signed certificate', certificate };
  return { code: 19, depth, text: 'self-signed certificate in certificate chain', certificate };
}

function timeTrouble(chain: readonly CertificateDocument[], now: number): Trouble | undefined {
  for (const [depth, certificate] of [...chain.entries()].reverse()) {
    if (now < readTime(certificate.notBefore)) return { code: 9, depth, text: 'certificate is not yet valid', certificate };
    if (now > readTime(certificate.notAfter)) return { code: 10, depth, text: 'certificate has expired', certificate };
  }
  return undefined;
}

function purposeTrouble(leaf: CertificateDocument, { host, usage, now }: Trust): Trouble | undefined {
  const certificate = parseCertificateDer(leaf.der);
  const at = { depth: 0, certificate: leaf };
  if (usage && certificate.extendedUsages.length > 0 && !certificate.extendedUsages.includes(usage)) {
    return { ...at, code: 26, text: 'unsuitable certificate purpose' };
  }
  if (host === undefined || verifyCertificate(certificate, { roots: [certificate], now, host }) === undefined) return undefined;
  const named = certificate.altNames.dns.length > 0 || leaf.subject.findLast(([key]) => key === 'CN')?.[1].toLowerCase() !== host.toLowerCase();
  if (isIP(host)) return { ...at, code: 64, text: 'IP address mismatch' };
  return named ? { ...at, code: 62, text: 'hostname mismatch' } : undefined;
}

const USAGES: Readonly<Record<string, string>> = { sslclient: 'client auth', sslserver: 'server auth' };

export const verify: Subcommand = {
  names: ['verify'],
  options:
    'CAfile= CApath= untrusted= trusted= purpose= verify_hostname= verify_ip= partial_chain show_chain verbose no-CAfile no-CApath x509_strict nameopt=',
  async run(call) {
    const trust = await trustOf(call);
    let status = 0;
    for (const path of call.operands.length > 0 ? call.operands : [undefined]) {
      try {
        status = Math.max(status, await verifyOne(call, path, trust));
      } catch (error) {
        if (!(error instanceof OpensslFailure)) throw error;
        await call.process.error(error.message);
        status = 2;
      }
    }
    return status;
  },
};

async function verifyOne(call: Call, path: string | undefined, trust: Trust): Promise<number> {
  const leaf = await loadCertificate(call, path, { what: 'certificate file', after: 'Unable to load certificate file\n' });
  const name = path ?? 'stdin';
  const { chain, trouble } = verifyChain(leaf, trust);
  if (trouble) {
    const { code, depth, text, certificate } = trouble;
    await call.process.error(
      `${nameText(certificate.subject, call.value('nameopt'))}\nerror ${code} at ${depth} depth lookup: ${text}\nerror ${name}: verification failed\n`,
    );
    return 2;
  }
  const rows = chain.map(
    (one, depth) =>
      `depth=${depth}: ${nameText(one.subject)}${depth < trust.untrusted.length + 1 && depth < chain.length - 1 ? ' (untrusted)' : ''}\n`,
  );
  await call.process.print(`${name}: OK\n${call.has('show_chain') ? `Chain:\n${rows.join('')}` : ''}`);
  return 0;
}

async function trustOf(call: Call): Promise<Trust> {
  const roots = ['CAfile', 'trusted'].flatMap((option) => call.values(option).flatMap((path) => authorities(call, path)));
  const untrusted = call.values('untrusted').flatMap((path) => authorities(call, path));
  return {
    roots,
    untrusted,
    now: call.process.clock.now(),
    host: call.value('verify_hostname') ?? call.value('verify_ip'),
    usage: USAGES[call.value('purpose') ?? ''],
  };
}

export function authorities(call: Call, path: string): CertificateDocument[] {
  try {
    return certificatesIn(call.process.machine.files.as(call.process.credentials).readText(call.process.path(path)));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const last = '05880002:x509 certificate routines:X509_load_cert_crl_file_ex:system lib:../crypto/x509/by_file.c:234:';
    throw new OpensslFailure(`Error loading file ${path}\n${openErrors(call, path, 'r', error)}${queued(call, last)}`);
  }
}
