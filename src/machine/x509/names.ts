import { children, type DerNode, encode, nth, oid, printableString, readOid, sequence, set, TAG, utf8String } from './der.ts';

/** A subject or issuer: its attributes in order, `[['O', 'system:masters'], ['CN', 'kubernetes-admin']]`. */
export type DistinguishedName = readonly (readonly [attribute: string, value: string])[];

const OIDS: ReadonlyMap<string, string> = new Map([
  ['C', '2.5.4.6'],
  ['O', '2.5.4.10'],
  ['OU', '2.5.4.11'],
  ['L', '2.5.4.7'],
  ['ST', '2.5.4.8'],
  ['street', '2.5.4.9'],
  ['postalCode', '2.5.4.17'],
  ['CN', '2.5.4.3'],
  ['serialNumber', '2.5.4.5'],
  ['emailAddress', '1.2.840.113549.1.9.1'],
  ['DC', '0.9.2342.19200300.100.1.25'],
  ['UID', '0.9.2342.19200300.100.1.1'],
]);
const ATTRIBUTES = new Map([...OIDS].map(([attribute, id]) => [id, attribute]));

export const isAttribute = (name: string): boolean => OIDS.has(name);

/** Each attribute in a set of its own; texts are printable where they can be, as Go writes them, or all UTF-8, as openssl does. */
export function encodeName(name: DistinguishedName, texts: 'printable' | 'utf8' = 'printable'): Buffer {
  const encoded = (attribute: string, value: string): Buffer => {
    if (texts === 'printable') return text(value);
    if (attribute === 'emailAddress' || attribute === 'DC') return encode(TAG.ia5String, Buffer.from(value));
    return attribute === 'C' || attribute === 'serialNumber' ? printableString(value) : utf8String(value);
  };
  return sequence(...name.map(([attribute, value]) => set(sequence(oid(OIDS.get(attribute) ?? attribute), encoded(attribute, value)))));
}

const text = (value: string): Buffer => (/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value) ? printableString(value) : utf8String(value));

export function decodeName(node: DerNode): DistinguishedName {
  return children(node).flatMap((rdn) =>
    children(rdn).map((pair): [string, string] => {
      const [type, value] = [nth(children(pair), 0), nth(children(pair), 1)];
      const id = readOid(type);
      return [ATTRIBUTES.get(id) ?? id, value.content.toString('utf8')];
    }),
  );
}

export const attribute = (name: DistinguishedName, type: string): string | undefined => name.findLast(([key]) => key === type)?.[1];
export const attributes = (name: DistinguishedName, type: string): string[] => name.filter(([key]) => key === type).map(([, value]) => value);
export const commonName = (name: DistinguishedName): string => attribute(name, 'CN') ?? '';
export const organizations = (name: DistinguishedName): string[] => attributes(name, 'O');

/** The usual subject of a Kubernetes identity. */
export const identityName = (user: string, groups: readonly string[] = []): DistinguishedName => [
  ...groups.map((group): [string, string] => ['O', group]),
  ['CN', user],
];

/** As Go's pkix.Name prints it: last first, `CN=kubernetes-admin,O=system:masters`. */
export const formatRfc2253 = (name: DistinguishedName): string =>
  [...name]
    .reverse()
    .map(([key, value]) => `${key}=${value.replace(/[,+"\\<>;]/g, '\\$&')}`)
    .join(',');
