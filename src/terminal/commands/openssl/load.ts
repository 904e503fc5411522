import { findPem, readPem } from '../../../machine/x509/index.ts';
import { type Call, OpensslFailure, queued, readPlain, readStore, unreadable } from './call.ts';
import { type CertificateDocument, type RequestDocument, readCertificate, readRequest } from './documents.ts';

const isDer = (form: string | undefined): boolean => form?.toUpperCase() === 'DER';

/** The first certificate of a file or stdin. */
export async function loadCertificate(
  call: Call,
  path: string | undefined,
  { what = 'certificate', after = 'Unable to load certificate\n' } = {},
): Promise<CertificateDocument> {
  const bytes = await readStore(call, path, what, after);
  const der = findPem(bytes.toString('latin1'), 'CERTIFICATE')?.der ?? bytes;
  try {
    return readCertificate(der);
  } catch {
    throw unreadable(path, what, after);
  }
}

/** All certificates of a text; broken ones are left out. */
export const certificatesIn = (text: string): CertificateDocument[] =>
  readPem(text).flatMap(({ label, der }) => {
    if (label !== 'CERTIFICATE' && label !== 'TRUSTED CERTIFICATE') return [];
    try {
      return [readCertificate(der)];
    } catch {
      return [];
    }
  });

export async function loadRequest(call: Call, path: string | undefined, after: string): Promise<RequestDocument> {
  const bytes = await readRequestFile(call, path, after);
  const block = readPem(bytes.toString('latin1')).find(({ label }) => label === 'CERTIFICATE REQUEST' || label === 'NEW CERTIFICATE REQUEST');
  const der = isDer(call.value('inform')) ? bytes : block?.der;
  if (!der) {
    throw new OpensslFailure(
      after + queued(call, '0480006C:PEM routines:get_name:no start line:../crypto/pem/pem_lib.c:763:Expecting: CERTIFICATE REQUEST'),
    );
  }
  try {
    return readRequest(der);
  } catch {
    throw new OpensslFailure(after + queued(call, '068000A8:asn1 encoding routines:asn1_check_tlen:wrong tag:../crypto/asn1/tasn_dec.c:1194:'));
  }
}

async function readRequestFile(call: Call, path: string | undefined, after: string): Promise<Buffer> {
  try {
    return await readPlain(call, path);
  } catch (error) {
    if (error instanceof OpensslFailure) throw new OpensslFailure(error.message + after);
    throw error;
  }
}
