/** A plugin's line in a server block, with its braces' lines. */
export interface PluginLine {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly (readonly string[])[];
}

export interface ServerBlock {
  /** Zones with a closing dot: `.`, `example.local.`. */
  readonly zones: readonly string[];
  readonly port: number;
  readonly plugins: readonly PluginLine[];
}

/** As CoreDNS words it on its way out. */
export class CorefileError extends Error {
  override readonly name = 'CorefileError';
}

const PLUGINS = new Set(
  'acl any auto autopath bind bufsize cache cancel chaos debug dns64 dnssec dnstap erratic errors etcd file forward geoip grpc header health hosts import k8s_external kubernetes loadbalance local log loop metadata minimal multisocket nomad nsid pprof prometheus ready reload rewrite root route53 secondary sign template timeouts tls trace transfer tsig view whoami'.split(
    ' ',
  ),
);

export function parseCorefile(text: string, path = 'Corefile'): ServerBlock[] {
  const lines = text.split('\n').map((line) =>
    line
      .replace(/(^|\s)#.*/, '')
      .trim()
      .split(/\s+/)
      .filter(Boolean),
  );
  const blocks: ServerBlock[] = [];
  for (let i = 0; i < lines.length; i++) {
    const words = lines[i] ?? [];
    if (words.length === 0) continue;
    if (words.at(-1) !== '{') throw new CorefileError(`${path}:${i + 1} - Error during parsing: Unexpected token '${words.at(-1)}', expecting '{'`);
    const [plugins, end] = pluginsOf(lines, i + 1, path);
    blocks.push({ ...keysOf(words.slice(0, -1)), plugins });
    i = end;
  }
  return blocks;
}

function keysOf(keys: readonly string[]): Pick<ServerBlock, 'zones' | 'port'> {
  const parsed = keys.map((key) => /^(?:dns:\/\/)?(.*?)(?::(\d+))?$/.exec(key.replace(/,$/, '')));
  const zones = parsed.map((match) => (match?.[1] || '.').replace(/\.?$/, '.').toLowerCase());
  return { zones, port: Number(parsed.find((match) => match?.[2])?.[2] ?? 53) };
}

function pluginsOf(lines: readonly (readonly string[])[], start: number, path: string): [PluginLine[], number] {
  const plugins: PluginLine[] = [];
  for (let i = start; i < lines.length; i++) {
    const [name, ...args] = lines[i] ?? [];
    if (name === undefined) continue;
    if (name === '}') return [plugins, i];
    if (!PLUGINS.has(name)) throw new CorefileError(`${path}:${i + 1} - Error during parsing: Unknown directive '${name}'`);
    if (args.at(-1) !== '{') {
      plugins.push({ name, args, block: [] });
      continue;
    }
    const end = lines.findIndex((words, at) => at > i && words[0] === '}');
    if (end < 0) break;
    plugins.push({ name, args: args.slice(0, -1), block: lines.slice(i + 1, end).filter((words) => words.length > 0) });
    i = end;
  }
  throw new CorefileError(`${path}:${lines.length} - Error during parsing: Unexpected EOF`);
}

/** The block that answers for a name: the one with the longest zone. */
export function blockFor(blocks: readonly ServerBlock[], name: string): ServerBlock | undefined {
  const fits = (zone: string) => zone === '.' || name === zone || name.endsWith(`.${zone}`);
  const best = (block: ServerBlock) => Math.max(-1, ...block.zones.filter(fits).map((zone) => zone.length));
  return blocks.filter((block) => best(block) >= 0).sort((a, b) => best(b) - best(a))[0];
}
