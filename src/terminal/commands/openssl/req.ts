import type { DistinguishedName, KeyPair } from '../../../machine/x509/index.ts';
import { publicKeyDer, toPem } from '../../../machine/x509/index.ts';
import { type Call, OpensslFailure, refuseOperands, type Subcommand, writeOut } from './call.ts';
import { type Configuration, entry } from './configuration.ts';
import { makeCertificate, makeRequest, type RequestDocument, rawName, readRequest, requestText } from './documents.ts';
import { addedEntries, listExtensions, merged, readConfiguration, sectionExtensions } from './extension-list.ts';
import { type Extension, type ExtensionContext, keyIdentifier } from './extension-values.ts';
import { randomSerial, signatureDigest, statedSerial, validity } from './issue.ts';
import { modulusOf } from './key-text.ts';
import { keyContent, loadKey, orderKey, publicKeyPem } from './keys.ts';
import { loadRequest } from './load.ts';
import { nameText, subjectOf } from './names.ts';
import { askSubject } from './subject-prompt.ts';

export const req: Subcommand = {
  names: ['req'],
  options:
    'new newkey= key= keyout= keyform= nodes noenc subj= addext= config= section= extensions= reqexts= x509 days= set_serial= in= out= inform= outform= ' +
    'noout text subject verify pubkey modulus batch utf8 nameopt= reqopt= pkeyopt= passin= passout= multivalue-rdn verbose newhdr sigopt= copy_extensions= rand=',
  digests: 'checked',
  async run(call) {
    refuseOperands(call);
    const config = await readConfiguration(call, call.value('config'));
    if (call.has('new') || call.has('newkey') || (call.has('x509') && !call.has('in'))) return make(call, config);
    const request = await loadRequest(call, call.value('in'), 'Unable to load X509 request\n');
    if (call.has('x509')) return selfSigned(call, await loadKey(call, call.value('key')), request.subject, config);
    return show(call, request);
  },
};

async function make(call: Call, config: Configuration | undefined): Promise<number> {
  const section = call.value('section') ?? 'req';
  if (call.has('x509')) validity(call);
  const key = await keyFor(call, config, section);
  const given = call.value('subj');
  const stated = given === undefined ? undefined : subjectOf('req', given);
  if (stated?.warnings) await call.process.error(stated.warnings);
  const subject = stated?.subject ?? (await askSubject(call, config, section));
  if (call.has('x509')) return selfSigned(call, key, subject, config);
  const context: ExtensionContext = { configuration: config, subjectKeyId: keyIdentifier(publicKeyDer(key.publicKey)) };
  const named = call.value('reqexts') ?? call.value('extensions') ?? entry(config, section, 'req_extensions');
  const listed = named === undefined ? [] : checkedSection(call, named, context, '-reqexts');
  return show(call, readRequest(makeRequest(subject, key, merged(listed, added(call, context)), signatureDigest(call))));
}

function checkedSection(call: Call, name: string, context: ExtensionContext, option: string): Extension[] {
  if (!context.configuration?.has(name)) throw new OpensslFailure(`Error checking request extension section ${name}\n`);
  return sectionExtensions(call, name, context, `Error checking extension section ${name} (${option})`);
}

const added = (call: Call, context: ExtensionContext): Extension[] =>
  listExtensions(call, addedEntries(call.values('addext')), {
    ...context,
    section: 'default',
    complaint: 'Error checking extensions defined using -addext',
  });

/** The key of `-key`, or a new one that is written to `-keyout`. */
async function keyFor(call: Call, config: Configuration | undefined, section: string): Promise<KeyPair> {
  const file = call.value('key');
  if (file !== undefined && !call.has('newkey')) return loadKey(call, file);
  const bits = entry(config, section, 'default_bits');
  const [algorithm = 'rsa', detail] = (call.value('newkey') ?? `rsa:${bits ?? 2048}`).split(':');
  const made = orderKey(call, { algorithm, options: call.values('pkeyopt'), ...(detail && /^\d+$/.test(detail) && { bits: Number(detail) }) });
  if (!made) throw new OpensslFailure(`Unknown algorithm ${algorithm}\n`);
  await call.process.error(`${made.chatter}`);
  if (!call.has('nodes') && !call.has('noenc') && entry(config, section, 'encrypt_key') !== 'no') {
    throw new OpensslFailure('kubeproctor does not simulate encrypted keys: add -nodes\n');
  }
  await writeOut(call, call.value('keyout') ?? entry(config, section, 'default_keyfile') ?? 'privkey.pem', keyContent(made.key, undefined), {
    secret: true,
  });
  await call.process.error('-----\n');
  return made.key;
}

async function selfSigned(call: Call, key: KeyPair, subject: DistinguishedName, config: Configuration | undefined): Promise<number> {
  const spki = publicKeyDer(key.publicKey);
  const id = keyIdentifier(spki);
  const context: ExtensionContext = { configuration: config, subjectKeyId: id, issuerKeyId: id };
  const named = call.value('extensions') ?? entry(config, call.value('section') ?? 'req', 'x509_extensions');
  const usual = [
    ['subjectKeyIdentifier', 'hash'],
    ['authorityKeyIdentifier', 'keyid'],
    ...(config ? [] : [['basicConstraints', 'critical,CA:true'] as const]),
  ] as const;
  const standard = listExtensions(call, usual, { ...context, section: 'v3_ca', complaint: 'Error adding extensions' });
  const listed = named === undefined ? [] : checkedSection(call, named, context, '-extensions');
  const name = rawName(subject);
  const extensions = config ? merged(listed, added(call, context), standard) : merged(standard, listed, added(call, context));
  const serial = statedSerial(call) ?? randomSerial(call);
  const der = makeCertificate({ serial, rawIssuer: name, rawSubject: name, spki, ...validity(call), extensions }, key, signatureDigest(call));
  const asDer = call.value('outform')?.toUpperCase() === 'DER';
  if (!call.has('noout')) await writeOut(call, call.value('out'), asDer ? der : toPem('CERTIFICATE', der));
  return 0;
}

/** What is asked about a request, then the request itself. */
async function show(call: Call, request: RequestDocument): Promise<number> {
  if (call.has('verify')) {
    if (!request.valid) throw new OpensslFailure('Certificate request self-signature verify failure\n');
    await call.process.error('Certificate request self-signature verify OK\n');
  }
  let text = '';
  if (call.has('pubkey')) text += publicKeyPem(request.publicKey);
  if (call.has('text')) text += requestText(request, call.value('nameopt'));
  if (call.has('subject')) text += `subject=${nameText(request.subject, call.value('nameopt'))}\n`;
  if (call.has('modulus')) text += `Modulus=${modulusOf(request.publicKey).toString('hex').toUpperCase()}\n`;
  const asDer = call.value('outform')?.toUpperCase() === 'DER';
  const whole = call.has('noout') ? '' : asDer ? request.der : toPem('CERTIFICATE REQUEST', request.der);
  if (text === '' && whole.length === 0) return 0;
  await writeOut(call, call.value('out'), Buffer.concat([Buffer.from(text), Buffer.from(whole)]));
  return 0;
}
