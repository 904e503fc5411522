import type { Informers } from '../../../api/client/informer.ts';
import type { Files, NetworkPort } from '../../../machine/index.ts';
import { isAddress } from '../addresses.ts';
import { readResolverConfig } from '../resolver.ts';
import { blockFor, type PluginLine, type ServerBlock } from './corefile.ts';
import { type Answer, answerFromCluster, type Question, reverseAnswer, type ZoneOptions } from './kubernetes-zone.ts';

export interface NameServerPlace {
  readonly informers: Informers;
  readonly files: Files;
  readonly network: NetworkPort;
}

/** How often CoreDNS asks itself about one alias after the other before it takes them for a circle. */
const MOST_ALIASES = 10;

/** Answers a question as CoreDNS with these server blocks would; undefined is silence. */
export async function answerQuestion(
  question: Question,
  blocks: readonly ServerBlock[],
  place: NameServerPlace,
  aliases = 0,
): Promise<Answer | undefined> {
  if (aliases > MOST_ALIASES) return { status: 'SERVFAIL', records: [] };
  const name = question.name.replace(/\.?$/, '.').toLowerCase();
  const block = blockFor(blocks, name);
  if (!block) return { status: 'REFUSED', records: [] };
  const asked = rewritten(name, block);
  const behindAlias = (target: Question) => answerQuestion(target, blocks, place, aliases + 1);
  const answer = await throughPlugins({ name: asked, type: question.type }, block, place, behindAlias);
  if (asked === name) return answer;
  return answer && { ...answer, records: answer.records.map((r) => (r.name === asked ? { ...r, name } : r)) };
}

/** `rewrite name [exact|suffix|prefix|substring|regex] FROM TO`. */
function rewritten(name: string, block: ServerBlock): string {
  for (const { args } of block.plugins.filter((p) => p.name === 'rewrite')) {
    const words = args.filter((word) => word !== 'stop' && word !== 'continue');
    if (words[0] !== 'name') continue;
    const [kind, from = '', to = ''] = words.length > 3 ? words.slice(1) : ['exact', ...words.slice(1)];
    const dotted = (text: string) => text.replace(/\.?$/, '.');
    if (kind === 'exact' && dotted(from) === name) return dotted(to);
    if (kind === 'suffix' && name.endsWith(dotted(from))) return `${name.slice(0, -dotted(from).length)}${dotted(to)}`;
    if (kind === 'prefix' && name.startsWith(from)) return `${to}${name.slice(from.length)}`;
    if (kind === 'substring' && name.includes(from)) return name.replace(from, to);
    if (kind === 'regex' && new RegExp(from).test(name)) return dotted(name.replace(new RegExp(from), to.replace(/\{(\d)\}/g, '$$$1')));
  }
  return name;
}

async function throughPlugins(
  question: Question,
  block: ServerBlock,
  place: NameServerPlace,
  behindAlias: ZoneOptions['external'],
): Promise<Answer | undefined> {
  const hosts = block.plugins.find((p) => p.name === 'hosts');
  const fromHosts = hosts && answerFromHosts(question, hosts, place.files);
  if (fromHosts) return fromHosts;
  for (const plugin of block.plugins.filter((p) => p.name === 'kubernetes')) {
    const answer = await fromCluster(question, plugin, place, behindAlias);
    if (answer) return answer;
  }
  const forward = block.plugins.find((p) => p.name === 'forward');
  if (forward) return (await forwarded(question, forward, place)) ?? { status: 'SERVFAIL', records: [] };
  return { status: 'REFUSED', records: [] };
}

async function fromCluster(
  question: Question,
  plugin: PluginLine,
  { informers }: NameServerPlace,
  external: ZoneOptions['external'],
): Promise<Answer | undefined> {
  const option = (name: string) => plugin.block.find((words) => words[0] === name);
  const zones = plugin.args.map((zone) => zone.replace(/\.?$/, '.'));
  const mode = option('pods')?.[1];
  const pods = mode === 'insecure' || mode === 'verified' ? mode : 'disabled';
  const zone = zones.find((z) => !z.endsWith('.arpa.') && (question.name === z || question.name.endsWith(`.${z}`)));
  const base = { informers, pods, ttl: Number(option('ttl')?.[1] ?? 5), external } as const;
  const primary = zones.find((z) => !z.endsWith('.arpa.')) ?? 'cluster.local.';
  if (!zone) return question.name.endsWith('.in-addr.arpa.') ? reverseAnswer(question, { ...base, zone: primary }) : undefined;
  const answer = await answerFromCluster(question, { ...base, zone });
  return answer.status === 'NXDOMAIN' && fallsThrough(option('fallthrough'), question.name) ? undefined : answer;
}

/** With zones behind it, `fallthrough` holds for these only. */
function fallsThrough(option: readonly string[] | undefined, name: string): boolean {
  if (!option) return false;
  const zones = option.slice(1).map((zone) => zone.replace(/\.?$/, '.'));
  return zones.length === 0 || zones.some((zone) => name.endsWith(zone));
}

function answerFromHosts({ name, type }: Question, hosts: PluginLine, files: Files): Answer | undefined {
  const file =
    hosts.args[0]?.startsWith('/') && files.exists(hosts.args[0])
      ? files
          .readText(hosts.args[0])
          .split('\n')
          .map((l) => l.trim().split(/\s+/))
      : [];
  const rows = [...file, ...hosts.block].filter(([address = '']) => isAddress(address));
  const addresses = rows
    .filter(([, ...names]) => names.some((n) => `${n.toLowerCase()}.` === name))
    .flatMap(([address]) => (address ? [address] : []));
  if (addresses.length > 0) return { status: 'NOERROR', records: type === 'A' ? addresses.map((data) => ({ name, type, ttl: 3600, data })) : [] };
  return hosts.block.some((words) => words[0] === 'fallthrough') ? undefined : { status: 'NXDOMAIN', records: [] };
}

async function forwarded(question: Question, forward: PluginLine, { network, files }: NameServerPlace): Promise<Answer | undefined> {
  const targets = forward.args.slice(1).filter((word) => word !== '{');
  const servers = targets.flatMap((target) => (target.startsWith('/') ? readResolverConfig(files).nameservers : [target.replace(/:\d+$/, '')]));
  for (const server of servers) {
    try {
      return await network.query(question.name, question.type, { server });
    } catch {}
  }
  return undefined;
}
