import { type Directive, NginxConfigError } from './config.ts';

/** One `server` block with what it inherits from `http`. */
export interface Site {
  readonly listens: readonly { port: number; tls: boolean; isDefault: boolean }[];
  readonly names: readonly string[];
  readonly directives: readonly Directive[];
  readonly inherited: readonly Directive[];
}

export interface Sites {
  readonly sites: readonly Site[];
  readonly upstreams: ReadonlyMap<string, readonly string[]>;
}

export const all = (directives: readonly Directive[], name: string): Directive[] => directives.filter((d) => d.name === name);

/** The sites of a configuration; throws where nginx refuses to start. */
export function sitesOf(config: readonly Directive[], main: string): Sites {
  if (!config.some((d) => d.name === 'events')) throw new NginxConfigError('no "events" section in configuration');
  for (const stray of ['server', 'location', 'listen']) {
    const found = config.find((d) => d.name === stray);
    if (found) throw new NginxConfigError(`"${stray}" directive is not allowed here in ${found.file}:${found.line}`);
  }
  const http = all(config, 'http').flatMap((d) => d.children ?? []);
  const upstreams = new Map<string, readonly string[]>();
  for (const upstream of all(http, 'upstream')) {
    upstreams.set(
      upstream.args[0] ?? '',
      all(upstream.children ?? [], 'server').flatMap((s) => s.args.slice(0, 1)),
    );
  }
  const inherited = http.filter((d) => !d.children);
  return { sites: all(http, 'server').map((server) => siteOf(server, inherited, main)), upstreams };
}

function siteOf(server: Directive, inherited: readonly Directive[], _main: string): Site {
  const directives = server.children ?? [];
  const listens = all(directives, 'listen').flatMap(({ args, file, line }) => {
    const [target = '80', ...flags] = args;
    if (target.startsWith('[')) return [];
    const port = Number(target.split(':').at(-1));
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new NginxConfigError(`invalid port in "${target}" of the "listen" directive in ${file}:${line}`);
    return [{ port, tls: flags.includes('ssl'), isDefault: flags.includes('default_server') }];
  });
  const names = all(directives, 'server_name').flatMap((d) => d.args);
  return { listens: listens.length > 0 ? listens : [{ port: 80, tls: false, isDefault: false }], names, directives, inherited };
}

/** The site that answers for a host on a port. */
export function chooseSite(sites: readonly Site[], port: number, host: string): Site | undefined {
  const candidates = sites.filter((site) => site.listens.some((l) => l.port === port));
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return (
    candidates.find((site) => site.names.includes(name)) ??
    candidates.find((site) => site.names.some((n) => n.startsWith('*.') && name.endsWith(n.slice(1)))) ??
    candidates.find((site) => site.listens.some((l) => l.port === port && l.isDefault)) ??
    candidates[0]
  );
}

/** The location block that answers for a path: exact, then the longest prefix, unless a regular expression matches. */
export function chooseLocation(directives: readonly Directive[], path: string): Directive | undefined {
  const locations = all(directives, 'location').map((d) => {
    const [first = '', second] = d.args;
    return second === undefined ? { d, kind: '', pattern: first } : { d, kind: first, pattern: second };
  });
  const exact = locations.find((l) => l.kind === '=' && l.pattern === path);
  if (exact) return exact.d;
  const prefixes = locations
    .filter((l) => (l.kind === '' || l.kind === '^~') && path.startsWith(l.pattern))
    .sort((a, b) => b.pattern.length - a.pattern.length);
  if (prefixes[0]?.kind === '^~') return prefixes[0].d;
  const regular = locations.find((l) => (l.kind === '~' || l.kind === '~*') && new RegExp(l.pattern, l.kind === '~*' ? 'i' : '').test(path));
  return (regular ?? prefixes[0])?.d;
}
