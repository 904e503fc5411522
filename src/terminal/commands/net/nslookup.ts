import { type DnsAnswer, type DnsType, NetworkError } from '../../../machine/index.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { isBusybox } from './userland.ts';

export const nslookup = defineUtility({
  names: ['nslookup'],
  rewrite: (args) => ['--', ...args],
  async run(u) {
    const words = u.operands.filter((word) => !word.startsWith('-'));
    const flags = u.operands.filter((word) => word.startsWith('-'));
    const [name, server] = words;
    if (name === undefined) throw new Failure('kubeproctor does not simulate interactive nslookup');
    const type = flags.map((flag) => /^-(?:type|query|q|querytype)=(\w+)$/i.exec(flag)?.[1]).find(Boolean);
    await lookup(u, name, (type?.toUpperCase() as DnsType | undefined) ?? (isAddress(name) ? 'PTR' : 'A'), server);
  },
});

const isAddress = (name: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(name) || name.includes(':');
export const reverseName = (address: string): string => `${address.split('.').reverse().join('.')}.in-addr.arpa`;

/** The names to try, by /etc/resolv.conf's search list and ndots. */
export function candidates(u: Invocation, name: string): string[] {
  if (name.endsWith('.') || isAddress(name)) return [name];
  const text = u.process.machine.files.exists('/etc/resolv.conf') ? u.process.machine.files.readText('/etc/resolv.conf') : '';
  const search = /^search\s+(.*)$/m.exec(text)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
  const ndots = Number(/ndots:(\d+)/.exec(text)?.[1] ?? '1');
  const expanded = search.map((domain) => `${name}.${domain}`);
  return name.split('.').length - 1 >= ndots ? [name, ...expanded] : [...expanded, name];
}

async function lookup(u: Invocation, name: string, type: DnsType, server: string | undefined): Promise<void> {
  const { network } = u.process.machine;
  const ask = (question: string) => network.query(question, type, { signal: u.process.signal, ...(server !== undefined && { server }) });
  try {
    const question = type === 'PTR' && isAddress(name) ? reverseName(name) : name;
    const tries = type === 'PTR' ? [question] : candidates(u, question);
    let answer: DnsAnswer | undefined;
    let asked = question;
    for (const one of tries) {
      answer = await ask(one.endsWith('.') ? one : `${one}.`);
      asked = one;
      if (answer.status === 'NOERROR' && answer.records.length > 0) break;
    }
    if (!answer) return;
    await (isBusybox(u.process.machine) ? showBusybox(u, answer, tries) : showBind(u, answer, asked, name));
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    u.status = 1;
    if (isBusybox(u.process.machine)) await u.process.error(';; connection timed out; no servers could be reached\n\n');
    else await u.print(';; connection timed out; no servers could be reached\n\n');
  }
}

const failed = (answer: DnsAnswer): boolean => answer.status !== 'NOERROR' || answer.records.length === 0;

async function showBind(u: Invocation, answer: DnsAnswer, asked: string, name: string): Promise<void> {
  const header = `Server:\t\t${answer.server}\nAddress:\t${answer.server}#53\n\n`;
  if (failed(answer)) {
    u.status = 1;
    const what =
      answer.status === 'NOERROR'
        ? `*** Can't find ${name}: No answer`
        : `** server can't find ${answer.status === 'NXDOMAIN' ? name.replace(/\.$/, '') : asked}: ${answer.status}`;
    return u.print(`${header}${what}\n\n`);
  }
  const rows = answer.records.map((record) => {
    if (record.type === 'A' || record.type === 'AAAA') return `Name:\t${record.name.replace(/\.$/, '')}\nAddress: ${record.data}\n`;
    if (record.type === 'PTR') return `${record.name.replace(/\.$/, '')}\tname = ${record.data}\n`;
    if (record.type === 'CNAME') return `${record.name.replace(/\.$/, '')}\tcanonical name = ${record.data}\n`;
    return `${record.name.replace(/\.$/, '')}\t${record.type === 'SRV' ? 'service' : record.type === 'TXT' ? 'text' : record.type.toLowerCase()} = ${record.data}\n`;
  });
  await u.print(`${header}${rows.join('')}\n`);
}

async function showBusybox(u: Invocation, answer: DnsAnswer, tries: readonly string[]): Promise<void> {
  const header = `Server:\t\t${answer.server}\nAddress:\t${answer.server}:53\n\n`;
  if (failed(answer)) {
    u.status = 1;
    const lines = tries.map(
      (one) => `** server can't find ${one.replace(/\.$/, '')}: ${answer.status === 'NOERROR' ? 'NXDOMAIN' : answer.status}\n\n`,
    );
    return u.print(header + lines.join(''));
  }
  const rows = answer.records.map((record) => {
    if (record.type === 'A' || record.type === 'AAAA') return `Name:\t${record.name.replace(/\.$/, '')}\nAddress: ${record.data}\n`;
    return `${record.name.replace(/\.$/, '')}\t${record.type === 'PTR' ? 'name' : record.type === 'CNAME' ? 'canonical name' : record.type.toLowerCase()} = ${record.data}\n`;
  });
  await u.print(`${header}${rows.join('')}\n`);
}
