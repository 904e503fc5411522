import { type DistinguishedName, formatRfc2253 } from '../../../machine/x509/index.ts';
import { isAttribute } from '../../../machine/x509/names.ts';
import { OpensslFailure } from './call.ts';

const LONG_NAMES: ReadonlyMap<string, string> = new Map([
  ['countryName', 'C'],
  ['stateOrProvinceName', 'ST'],
  ['localityName', 'L'],
  ['organizationName', 'O'],
  ['organizationalUnitName', 'OU'],
  ['commonName', 'CN'],
  ['domainComponent', 'DC'],
  ['userId', 'UID'],
  ['streetAddress', 'street'],
]);

/** The short name of an attribute; undefined when it is unknown. */
export function attributeName(name: string): string | undefined {
  const short = LONG_NAMES.get(name) ?? name;
  return isAttribute(short) ? short : undefined;
}

/** `-nameopt RFC2253` or the usual form: `O = dev, CN = "a, b"`. */
export function nameText(name: DistinguishedName, option?: string): string {
  if (option?.toUpperCase() === 'RFC2253') return formatRfc2253(name);
  return name.map(([key, value]) => `${key} = ${quoted(escapeHighBytes(value))}`).join(', ');
}

const escapeHighBytes = (value: string): string =>
  Array.from(Buffer.from(value), (byte) =>
    byte < 0x20 || byte > 0x7e ? `\\${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte),
  ).join('');

const quoted = (value: string): string => (/[,+"<>;]|^[ #]| $/.test(value) ? `"${value.replace(/"/g, '\\"')}"` : value);

/** `-subj /O=dev/CN=jane`, with what has to be warned about. */
export function subjectOf(command: string, text: string): { subject: DistinguishedName; warnings: string } {
  if (!text.startsWith('/')) throw malformed(command, text);
  const subject: [string, string][] = [];
  let warnings = '';
  for (const part of text.slice(1).split(/(?<!\\)(?:\\\\)*\//)) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    if (equals < 0) throw new OpensslFailure(`${command}: Hit end of string before finding the equals.\nproblems making Certificate Request\n`);
    const [type, value] = [part.slice(0, equals), part.slice(equals + 1).replace(/\\(.)/g, '$1')];
    const key = attributeName(type);
    if (key === undefined) warnings += `${command} warning: Skipping unknown subject name attribute "${type}"\n`;
    else if (value === '') warnings += `${command} warning: No value provided for subject name attribute "${type}", skipped\n`;
    else subject.push([key, value]);
  }
  return { subject, warnings };
}

const malformed = (command: string, text: string): OpensslFailure =>
  new OpensslFailure(
    `${command}: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: '${text}'\n`,
  );
