import type { DnsAnswer, DnsType, Files } from '../../machine/index.ts';

export interface ResolverConfig {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
}

export function readResolverConfig(files: Files): ResolverConfig {
  const text = textOf(files, '/etc/resolv.conf');
  const nameservers: string[] = [];
  let search: string[] = [];
  let ndots = 1;
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line.trim().split(/\s+/);
    if (keyword === 'nameserver' && words[0]) nameservers.push(words[0]);
    if (keyword === 'search') search = words;
    if (keyword === 'domain' && words[0]) search = [words[0]];
    const dots = keyword === 'options' ? words.find((w) => w.startsWith('ndots:')) : undefined;
    if (dots) ndots = Number(dots.slice(6));
  }
  return { nameservers, search, ndots };
}

/** Addresses that /etc/hosts gives a name. */
export function hostsEntries(files: Files, name: string): string[] {
  const wanted = name.toLowerCase();
  return textOf(files, '/etc/hosts')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(([, ...names]) => names.some((n) => n.toLowerCase() === wanted))
    .flatMap(([address]) => (address && !address.includes(':') ? [address] : []));
}

/** The names to try, in glibc's order. */
export function candidates(name: string, { search, ndots }: ResolverConfig): string[] {
  if (name.endsWith('.')) return [name];
  const searched = search.map((domain) => `${name}.${domain}.`);
  const dots = name.split('.').length - 1;
  return dots >= ndots ? [`${name}.`, ...searched] : [...searched, `${name}.`];
}

/** The addresses in an answer; undefined when the server could not say (no answer, SERVFAIL). */
export type Ask = (name: string, type: DnsType) => Promise<DnsAnswer | undefined>;

export async function lookUp(name: string, config: ResolverConfig, ask: Ask): Promise<readonly string[] | 'failure' | 'unknown'> {
  let failed = false;
  for (const candidate of candidates(name, config)) {
    const answer = await ask(candidate, 'A');
    if (!answer || answer.status === 'SERVFAIL' || answer.status === 'REFUSED') {
      failed = true;
      if (!answer) return 'failure';
      continue;
    }
    const addresses = answer.records.filter((r) => r.type === 'A').map((r) => r.data);
    if (addresses.length > 0) return addresses;
  }
  return failed ? 'failure' : 'unknown';
}

function textOf(files: Files, path: string): string {
  return files.exists(path) ? files.readText(path) : '';
}
