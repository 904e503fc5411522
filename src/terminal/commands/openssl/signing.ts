import { FileError } from '../../../machine/index.ts';
import type { KeyPair } from '../../../machine/x509/index.ts';
import { type Call, OpensslFailure, queued, writeOut } from './call.ts';
import { entry } from './configuration.ts';
import { type CertificateDocument, makeCertificate, type RequestDocument, serialHex } from './documents.ts';
import { merged, readConfiguration, sectionExtensions } from './extension-list.ts';
import { type Extension, type ExtensionContext, keyIdentifier } from './extension-values.ts';
import { belongsTogether, randomSerial, signatureDigest, statedSerial, validity } from './issue.ts';
import { loadKey } from './keys.ts';
import { loadCertificate, loadRequest } from './load.ts';
import { nameText } from './names.ts';

/** `openssl x509 -req`: signs a request with a CA's key, or its own. */
export async function signRequest(call: Call): Promise<Buffer> {
  const request = await loadRequest(call, call.value('in'), 'Unable to load certificate request input\n');
  if (!request.valid) throw new OpensslFailure('Certificate request self-signature did not match the contents\n');
  await call.process.error(`Certificate request self-signature ok\nsubject=${nameText(request.subject, call.value('nameopt'))}\n`);
  const own = call.value('signkey') ?? call.value('key');
  const authority = call.value('CA');
  if (authority !== undefined) return byAuthority(call, request, authority);
  if (own === undefined) throw new OpensslFailure('x509: Must specify -key or -CA (with -CAkey) or -force_pubkey\n');
  const key = await loadKey(call, own);
  const subjectKeyId = keyIdentifier(request.spki);
  const extensions = await wanted(call, request, { subjectKeyId, issuerKeyId: subjectKeyId });
  return build(call, { request, key, rawIssuer: request.rawSubject, serial: statedSerial(call) ?? randomSerial(call), extensions });
}

async function byAuthority(call: Call, request: RequestDocument, path: string): Promise<Buffer> {
  const ca = await loadCertificate(call, path, { what: 'CA certificate', after: '' });
  const key = await loadKey(call, call.value('CAkey') ?? path, { what: 'CA private key' });
  if (!belongsTogether(key, ca.spki)) {
    const why = '05800074:x509 certificate routines:X509_check_private_key:key values mismatch:../crypto/x509/x509_cmp.c:408:';
    throw new OpensslFailure(`CA certificate and CA private key do not match\n${queued(call, why)}`);
  }
  const serial = statedSerial(call) ?? (await nextSerial(call, path));
  const extensions = await wanted(call, request, { subjectKeyId: keyIdentifier(request.spki), issuerKeyId: issuerKeyId(ca) });
  return build(call, { request, key, rawIssuer: ca.rawSubject, serial, extensions });
}

interface Build {
  readonly request: RequestDocument;
  readonly key: KeyPair;
  readonly rawIssuer: Buffer;
  readonly serial: bigint;
  readonly extensions: readonly Extension[];
}

function build(call: Call, { request, key, rawIssuer, serial, extensions }: Build): Buffer {
  const { rawSubject, spki } = request;
  return makeCertificate({ serial, rawIssuer, rawSubject, spki, ...validity(call), extensions }, key, signatureDigest(call));
}

const issuerKeyId = (ca: CertificateDocument): Buffer => keyIdentifier(ca.spki);

/** The extensions of `-extfile`, and those copied from the request; with any, the key identifiers are added. */
async function wanted(call: Call, request: RequestDocument, keys: ExtensionContext): Promise<Extension[]> {
  const configuration = await readConfiguration(call, call.value('extfile'));
  const section = call.value('extensions') ?? entry(configuration, 'default', 'extensions') ?? 'default';
  if (configuration && !configuration.has(section)) throw new OpensslFailure(`Error checking extension section ${section}\n`);
  const context = { ...keys, configuration };
  const listed = configuration ? sectionExtensions(call, section, context, `Error adding extensions from section ${section}`) : [];
  const copied = /^copy/.test(call.value('copy_extensions') ?? '') ? request.extensions : [];
  const all = merged(copied, listed);
  if (all.length === 0) return [];
  const identifiers = [
    { id: '2.5.29.14', text: 'hash', name: 'subjectKeyIdentifier' },
    { id: '2.5.29.35', text: 'keyid', name: 'authorityKeyIdentifier' },
  ].filter(({ id }) => !all.some((one) => one.id === id));
  const added = sectionExtensions(
    call,
    'added',
    { ...keys, configuration: new Map([['added', identifiers.map(({ name, text }) => [name, text] as const)]]) },
    'Error adding extensions',
  );
  return merged(all, added);
}

/** The number in `-CAserial` (or beside the CA's certificate) plus one; `-CAcreateserial` begins with a random one. */
async function nextSerial(call: Call, caPath: string): Promise<bigint> {
  const stated = call.value('CAserial');
  if (stated === undefined && !call.has('CAcreateserial')) return randomSerial(call);
  const path = stated ?? `${caPath.replace(/\.[^./]*$/, '')}.srl`;
  const files = call.process.machine.files.as(call.process.credentials);
  let serial: bigint;
  try {
    serial = BigInt(`0x${files.readText(call.process.path(path)).trim()}`) + 1n;
  } catch (error) {
    if (!(error instanceof FileError) || error.code !== 'ENOENT' || !call.has('CAcreateserial'))
      throw new OpensslFailure(`unable to load serial number from ${path}\n`);
    serial = randomSerial(call);
  }
  await writeOut(call, path, `${serialHex(serial)}\n`);
  return serial;
}
