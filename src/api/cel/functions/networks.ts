import { type Cidr, cidrContains, formatIp, type IpAddress, networkAddress, parseCidr, parseIp } from '../../machinery/addresses.ts';
import { type CelCidr, CelError, type CelIp, CelMap, CelOpaque } from '../values.ts';
import { defineFunctions } from './define-functions.ts';

const ipValue = (content: IpAddress): CelIp => new CelOpaque('net.IP', content);
const cidrValue = (content: Cidr): CelCidr => new CelOpaque('net.CIDR', content);

/** Leading zeros and IPv4 inside IPv6 are refused here, unlike in old API fields. */
const strictIp = (text: string): IpAddress | undefined =>
  /(^|\.)0\d/.test(text) || (text.includes(':') && text.includes('.')) ? undefined : parseIp(text);

const strictCidr = (text: string): Cidr | undefined => (strictIp(text.split('/')[0] ?? '') ? parseCidr(text) : undefined);

function toIp(text: string): CelIp {
  const found = strictIp(text);
  if (!found)
    throw new CelError(
      `IP Address ${JSON.stringify(text)} parse error during conversion from string: ParseAddr(${JSON.stringify(text)}): unable to parse IP`,
    );
  return ipValue(found);
}

function toCidr(text: string): CelCidr {
  const found = strictCidr(text);
  if (!found) throw new CelError(`network address parse error during conversion from string: netip.ParsePrefix(${JSON.stringify(text)}): no '/'`);
  return cidrValue(found);
}

const inBlock =
  (...blocks: string[]) =>
  ({ content }: CelIp): boolean =>
    blocks.some((block) => cidrContains(block, content));
const isGlobal = (ip: CelIp): boolean =>
  !inBlock('0.0.0.0/32', '255.255.255.255/32', '127.0.0.0/8', '224.0.0.0/4', '169.254.0.0/16', '::/128', '::1/128', 'ff00::/8', 'fe80::/10')(ip);

function holds({ content }: CelCidr, other: Cidr): boolean {
  return other.prefix >= content.prefix && cidrContains(content, other.address);
}

export const networks = defineFunctions({
  'ip(string): net.IP': toIp,
  'isIP(string): bool': (text: string) => strictIp(text) !== undefined,
  'ip.isCanonical(string): bool': (text: string) => formatIp(toIp(text).content) === text,
  'net.IP->family(): int': ({ content }: CelIp) => (content.bits === 32 ? 4n : 6n),
  'net.IP->isUnspecified(): bool': inBlock('0.0.0.0/32', '::/128'),
  'net.IP->isLoopback(): bool': inBlock('127.0.0.0/8', '::1/128'),
  'net.IP->isLinkLocalMulticast(): bool': inBlock('224.0.0.0/24', 'ff02::/16'),
  'net.IP->isLinkLocalUnicast(): bool': inBlock('169.254.0.0/16', 'fe80::/10'),
  'net.IP->isGlobalUnicast(): bool': isGlobal,
  'cidr(string): net.CIDR': toCidr,
  'isCIDR(string): bool': (text: string) => strictCidr(text) !== undefined,
  'net.CIDR->containsIP(net.IP): bool': ({ content }: CelCidr, ip: CelIp) => cidrContains(content, ip.content),
  'net.CIDR->containsIP(string): bool': ({ content }: CelCidr, ip: string) => cidrContains(content, toIp(ip).content),
  'net.CIDR->containsCIDR(net.CIDR): bool': (block: CelCidr, { content }: CelCidr) => holds(block, content),
  'net.CIDR->containsCIDR(string): bool': (block: CelCidr, text: string) => holds(block, toCidr(text).content),
  'net.CIDR->ip(): net.IP': ({ content }: CelCidr) => ipValue(content.address),
  'net.CIDR->prefixLength(): int': ({ content }: CelCidr) => BigInt(content.prefix),
  'net.CIDR->masked(): net.CIDR': ({ content }: CelCidr) => cidrValue({ ...content, address: networkAddress(content) }),
});

type CelUrl = CelOpaque<{ readonly href: string; readonly url: URL | undefined; readonly path: string }>;

/** Absolute addresses, and absolute paths. */
function parseUrl(text: string): CelUrl | undefined {
  if (text.startsWith('/')) return new CelOpaque('kubernetes.URL', { href: text, url: undefined, path: text });
  if (!/^[a-zA-Z][\w+.-]*:/.test(text) || !URL.canParse(text)) return undefined;
  return new CelOpaque('kubernetes.URL', { href: text, url: new URL(text), path: '' });
}

function toUrl(text: string): CelUrl {
  const found = parseUrl(text);
  if (!found) throw new CelError(`URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`);
  return found;
}

const explicitPort = (href: string): string => /^[^:]+:\/\/[^/?#]*?:(\d+)(?:[/?#]|$)/.exec(href)?.[1] ?? '';

export const urls = defineFunctions({
  'url(string): kubernetes.URL': toUrl,
  'isURL(string): bool': (text: string) => parseUrl(text) !== undefined,
  'kubernetes.URL->getScheme(): string': ({ content }: CelUrl) => content.url?.protocol.slice(0, -1) ?? '',
  'kubernetes.URL->getHost(): string': ({ content: { href, url } }: CelUrl) => {
    const port = explicitPort(href);
    return url ? `${url.hostname}${port ? `:${port}` : ''}` : '';
  },
  'kubernetes.URL->getHostname(): string': ({ content }: CelUrl) => content.url?.hostname.replace(/^\[|\]$/g, '') ?? '',
  'kubernetes.URL->getPort(): string': ({ content }: CelUrl) => explicitPort(content.href),
  'kubernetes.URL->getEscapedPath(): string': ({ content: { href, url, path } }: CelUrl) =>
    url ? (url.pathname === '/' && !/^[^:]+:\/\/[^/]*\//.test(href) ? '' : url.pathname) : (path.split('?')[0] ?? ''),
  'kubernetes.URL->getQuery(): map(string, list(string))': ({ content: { href } }: CelUrl) => {
    const query = new URLSearchParams(href.split('?')[1]?.split('#')[0] ?? '');
    return new CelMap([...new Set(query.keys())].map((key) => [key, query.getAll(key)]));
  },
  'jsonpatch.escapeKey(string): string': (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1'),
});
