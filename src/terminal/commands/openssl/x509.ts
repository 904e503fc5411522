import { createHash } from 'node:crypto';
import { readTime } from '../../../machine/x509/der.ts';
import { toPem } from '../../../machine/x509/index.ts';
import { type Call, DIGESTS, OpensslFailure, queued, refuseOperands, type Subcommand, writeOut } from './call.ts';
import { type CertificateDocument, certificateText, dateText, makeCertificate, readCertificate, serialHex } from './documents.ts';
import { extensionText, shortName } from './extension-text.ts';
import { randomSerial, signatureDigest, validity } from './issue.ts';
import { modulusOf, upperOctets } from './key-text.ts';
import { loadKey, publicKeyPem } from './keys.ts';
import { loadCertificate } from './load.ts';
import { nameText } from './names.ts';
import { signRequest } from './signing.ts';

export const x509: Subcommand = {
  names: ['x509'],
  options:
    'in= out= inform= outform= noout text subject issuer dates startdate enddate serial fingerprint pubkey modulus ext= email hash subject_hash issuer_hash ' +
    'purpose req CA= CAkey= CAserial= CAcreateserial CAform= CAkeyform= signkey= key= keyform= days= set_serial= extfile= extensions= checkend= checkhost= checkip= ' +
    'nameopt= certopt= copy_extensions= passin= clrext x509toreq preserve_dates trustout alias',
  digests: 'unchecked',
  async run(call) {
    refuseOperands(call);
    const certificate = await obtain(call);
    let text = '';
    for (const { name, value } of call.given) text += (await answer(call, certificate, name, value)) ?? '';
    const seconds = call.value('checkend');
    if (seconds !== undefined) return expiry(call, certificate, { seconds: Number(seconds), text });
    const asDer = call.value('outform')?.toUpperCase() === 'DER';
    const whole = call.has('noout') ? '' : asDer ? certificate.der : toPem('CERTIFICATE', certificate.der);
    if (text !== '' || whole.length > 0) await writeOut(call, call.value('out'), Buffer.concat([Buffer.from(text), Buffer.from(whole)]));
    return 0;
  },
};

async function obtain(call: Call): Promise<CertificateDocument> {
  if (call.has('req')) return readCertificate(await signRequest(call));
  const certificate = await loadCertificate(call, call.value('in'));
  const own = call.value('signkey') ?? call.value('key');
  if (own === undefined) return certificate;
  const key = await loadKey(call, own);
  const { rawSubject, extensions } = certificate;
  const order = { serial: randomSerial(call), rawIssuer: rawSubject, rawSubject, spki: certificate.spki, ...validity(call), extensions };
  return readCertificate(makeCertificate(order, key, signatureDigest(call)));
}

/** One answer per option, in the order of the command line. */
async function answer(call: Call, certificate: CertificateDocument, option: string, value: string): Promise<string | undefined> {
  const name = (one: CertificateDocument['subject']) => nameText(one, call.value('nameopt'));
  const start = () => `notBefore=${dateText(certificate.notBefore)}\n`;
  const end = () => `notAfter=${dateText(certificate.notAfter)}\n`;
  const answers: Readonly<Record<string, () => string>> = {
    text: () => certificateText(certificate, call.value('nameopt')),
    subject: () => `subject=${name(certificate.subject)}\n`,
    issuer: () => `issuer=${name(certificate.issuer)}\n`,
    serial: () => `serial=${serialHex(certificate.serial)}\n`,
    startdate: start,
    enddate: end,
    dates: () => start() + end(),
    fingerprint: () => fingerprint(call, certificate),
    pubkey: () => publicKeyPem(certificate.publicKey),
    modulus: () =>
      certificate.publicKey.asymmetricKeyType === 'rsa'
        ? `Modulus=${modulusOf(certificate.publicKey).toString('hex').toUpperCase()}\n`
        : 'Modulus=No modulus for this public key type\n',
    email: () =>
      certificate.subject
        .filter(([key]) => key === 'emailAddress')
        .map(([, address]) => `${address}\n`)
        .join(''),
    alias: () => '<No Alias>\n',
    checkhost: () => `Hostname ${value} does ${matches(certificate, value) ? '' : 'NOT '}match certificate\n`,
    checkip: () => `IP ${value} does ${matches(certificate, value) ? '' : 'NOT '}match certificate\n`,
  };
  if (option === 'ext') return pickedExtensions(call, certificate, value);
  if (['hash', 'subject_hash', 'issuer_hash', 'purpose', 'x509toreq', 'trustout'].includes(option)) {
    throw new OpensslFailure(`kubeproctor does not simulate openssl x509 -${option}\n`);
  }
  return Object.hasOwn(answers, option) ? answers[option]?.() : undefined;
}

function matches({ extensions, subject }: CertificateDocument, host: string): boolean {
  const text = extensions
    .filter(({ id }) => shortName(id) === 'subjectAltName')
    .map((one) => extensionText(one, 0))
    .join('');
  const names = [...text.matchAll(/(?:DNS|IP Address):([^,\s]+)/g)].map(([, one = '']) => one.toLowerCase());
  const known = names.length > 0 ? names : subject.filter(([key]) => key === 'CN').map(([, value]) => value.toLowerCase());
  return known.some(
    (pattern) => pattern === host.toLowerCase() || (pattern.startsWith('*.') && host.toLowerCase().replace(/^[^.]+/, '*') === pattern),
  );
}

async function pickedExtensions(call: Call, { extensions }: CertificateDocument, list: string): Promise<string> {
  const wanted = list.split(',').map((one) => one.trim());
  const found = extensions.filter(({ id }) => wanted.includes(shortName(id)));
  if (found.length === 0) await call.process.error('No extensions in certificate\n');
  return found.map((one) => extensionText(one, 0)).join('');
}

function fingerprint(call: Call, { der }: CertificateDocument): string {
  const { digest } = call;
  if (digest !== undefined && !DIGESTS.includes(digest)) {
    const why = '0308010C:digital envelope routines:inner_evp_generic_fetch:unsupported:../crypto/evp/evp_fetch.c:386:';
    throw new OpensslFailure(
      `Unknown digest\n${queued(call, `${why}Global default library context, Algorithm (${digest} : 0), Properties (<null>)`)}`,
    );
  }
  return `${digest ?? 'SHA1'} Fingerprint=${upperOctets(
    createHash(digest ?? 'sha1')
      .update(der)
      .digest(),
  )}\n`;
}

async function expiry(call: Call, { notAfter }: CertificateDocument, { seconds, text }: { seconds: number; text: string }): Promise<number> {
  const expires = readTime(notAfter) < call.process.clock.now() + seconds * 1000;
  await writeOut(call, call.value('out'), `${text}Certificate will ${expires ? '' : 'not '}expire\n`);
  return expires ? 1 : 0;
}
