import { duplicate, type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../../machinery/field-error.ts';
import { isDns1123Label, isDns1123Subdomain } from '../../machinery/names.ts';
import type { CertificateSigningRequest, CertificateSigningRequestCondition } from '../../schema/generated/types.ts';
import { findings, oneOf, root } from '../field-checks.ts';

const USAGES = (
  'any,cert sign,client auth,code signing,content commitment,crl sign,data encipherment,decipher only,digital signature,email protection,encipher only,' +
  'ipsec end system,ipsec tunnel,ipsec user,key agreement,key encipherment,microsoft sgc,netscape sgc,ocsp signing,s/mime,server auth,signing,timestamping'
).split(',');
const DECISIVE = ['Approved', 'Denied', 'Failed'];

export function validateRequest({ spec, status }: CertificateSigningRequest): FieldError[] {
  const path = root('spec');
  const { request = '', usages = [], signerName = '', expirationSeconds: seconds } = spec;
  const at = path.child('usages');
  const why = pemError(request);
  return [
    ...(why ? [invalidValue(path.child('request'), request, why)] : []),
    ...(usages.length > 0 ? [] : [required(at)]),
    ...usages.flatMap((usage, i) => oneOf(at.index(i), usage, USAGES)),
    ...usages.flatMap((usage, i) => (usages.indexOf(usage) < i ? [duplicate(at.index(i), usage)] : [])),
    ...(signerName === 'kubernetes.io/legacy-unknown'
      ? [invalidValue(path.child('signerName'), signerName, 'the legacy signerName is not allowed via this API version')]
      : signerFindings(path.child('signerName'), signerName)),
    ...(seconds !== undefined && seconds < 600
      ? [invalidValue(path.child('expirationSeconds'), seconds, 'may not specify a duration less than 600 seconds (10 minutes)')]
      : []),
    ...conditionFindings(status?.conditions ?? []),
  ];
}

function pemError(request: string): string | undefined {
  const text = Buffer.from(request, 'base64').toString('latin1');
  const type = /-----BEGIN ([^-]+)-----[\s\S]*-----END \1-----/.exec(text)?.[1];
  return type === 'CERTIFICATE REQUEST' ? undefined : 'PEM block type must be CERTIFICATE REQUEST';
}

/** `example.com/signer-name`. */
function signerFindings(path: FieldPath, name: string): FieldError[] {
  if (!name) return [required(path)];
  const [domain = '', rest, ...others] = name.split('/');
  if (rest === undefined || others.length > 0)
    return [invalidValue(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'")];
  const labels = domain.split('.');
  const first = (parts: readonly string[], check: (part: string) => string[], shown: string) => {
    const bad = parts.find((part) => check(part).length > 0);
    return bad === undefined
      ? []
      : findings(
          path,
          shown,
          check(bad).map((message) => `validating label ${JSON.stringify(bad)}: ${message}`),
        );
  };
  return [
    ...first(labels, isDns1123Label, domain),
    ...(labels.length < 2 ? [invalidValue(path, domain, 'should be a domain with at least two segments separated by dots')] : []),
    ...first(rest.split('.'), isDns1123Subdomain, rest),
  ];
}

function conditionFindings(conditions: readonly CertificateSigningRequestCondition[]): FieldError[] {
  const path = root('status').child('conditions');
  const types = conditions.map(({ type }) => type);
  return conditions.flatMap(({ type, status }, i) => {
    const at = path.index(i);
    const allowed = DECISIVE.includes(type) ? ['True'] : ['False', 'True', 'Unknown'];
    const rival = type === 'Approved' ? 'Denied' : type === 'Denied' ? 'Approved' : '';
    const clashes = rival !== '' && types.slice(0, i).includes(rival);
    return [
      ...(type ? [] : [required(at.child('type'))]),
      ...(status ? oneOf(at.child('status'), status, allowed) : [required(at.child('status'))]),
      ...(clashes ? [invalidValue(path, type, 'Approved and Denied conditions are mutually exclusive')] : []),
      ...(types.indexOf(type) < i ? [duplicate(at.child('type'), type)] : []),
    ];
  });
}

export function validateRequestUpdate(object: CertificateSigningRequest, old: CertificateSigningRequest, subresource: string): FieldError[] {
  const path = root('status').child('conditions');
  const count = (of: CertificateSigningRequest, type: string) => (of.status?.conditions ?? []).filter((c) => c.type === type).length;
  const removed = DECISIVE.filter((type) => count(object, type) < count(old, type));
  const added = subresource === 'approval' ? [] : ['Approved', 'Denied'].filter((type) => count(object, type) > count(old, type));
  const [now, before] = [object.status?.certificate ?? '', old.status?.certificate ?? ''];
  const certificate = root('status').child('certificate');
  return [
    ...validateRequest(object),
    ...removed.map((type) => forbiddenField(path, `updates may not remove a condition of type "${type}"`)),
    ...added.map((type) => forbiddenField(path, `updates may not add a condition of type "${type}"`)),
    ...(now !== before && subresource !== 'status' ? [forbiddenField(certificate, 'updates may not set certificate content')] : []),
    ...(now !== before && subresource === 'status' && before
      ? [forbiddenField(certificate, 'updates may not modify existing certificate content')]
      : []),
  ];
}
