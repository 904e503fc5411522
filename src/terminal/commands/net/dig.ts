import { type DnsAnswer, type DnsType, NetworkError } from '../../../machine/index.ts';
import { strftime } from '../strftime.ts';
import { defineUtility, type Invocation } from '../utility.ts';
import { candidates, reverseName } from './nslookup.ts';

const TYPES = new Set(['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'TXT', 'NS', 'SOA', 'ANY', 'MX']);

export const dig = defineUtility({
  names: ['dig'],
  rewrite: (args) => ['--', ...args],
  async run(u) {
    const words = [...u.operands];
    let server: string | undefined;
    let type: DnsType = 'A';
    let name = '.';
    const flags = new Set<string>();
    for (let word = words.shift(); word !== undefined; word = words.shift()) {
      if (word.startsWith('@')) server = word.slice(1);
      else if (word.startsWith('+')) flags.add(word.slice(1));
      else if (word === '-x') {
        name = reverseName(words.shift() ?? '');
        type = 'PTR';
      } else if (word === '-t') type = (words.shift()?.toUpperCase() ?? 'A') as DnsType;
      else if (word === '-p' || word === '-c') words.shift();
      else if (TYPES.has(word.toUpperCase())) type = word.toUpperCase() as DnsType;
      else if (word !== 'IN' && !word.startsWith('-')) name = word;
    }
    await ask(u, { server, type, name, flags });
  },
});

interface Question {
  readonly server: string | undefined;
  readonly type: DnsType;
  readonly name: string;
  readonly flags: ReadonlySet<string>;
}

async function ask(u: Invocation, { server, type, name, flags }: Question): Promise<void> {
  const address = server === undefined ? undefined : ((await u.process.machine.network.resolve(server).catch(() => [server]))[0] ?? server);
  const names = flags.has('search') ? candidates(u, name) : [name];
  try {
    let answer: DnsAnswer | undefined;
    let asked = name;
    for (const one of names) {
      asked = one;
      answer = await u.process.machine.network.query(`${one.replace(/\.$/, '')}.`, type, {
        signal: u.process.signal,
        ...(address !== undefined && { server: address }),
      });
      if (answer.records.length > 0) break;
    }
    if (!answer) return;
    if (flags.has('short')) return u.print(answer.records.map(({ data }) => `${data}\n`).join(''));
    await u.print(full(u, asked, type, answer, flags));
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    u.status = 9;
    const where = address ?? '10.96.0.10';
    await u.print(`;; communications error to ${where}#53: timed out\n`.repeat(3));
    if (!flags.has('short'))
      await u.print(`\n; <<>> DiG 9.18.30 <<>> ${u.operands.join(' ')}\n;; global options: +cmd\n;; no servers could be reached\n`);
  }
}

function full(u: Invocation, name: string, type: DnsType, { status, records, server }: DnsAnswer, flags: ReadonlySet<string>): string {
  const dotted = name.endsWith('.') ? name : `${name}.`;
  const rows = records.map((r) => `${`${r.name.replace(/\.$/, '')}.`.padEnd(23)}\t${r.ttl}\tIN\t${r.type}\t${r.data}\n`).join('');
  if (flags.has('noall') && flags.has('answer')) return rows;
  const id = u.process.clock.random.fork(name).int(65_536);
  const section = rows ? `;; ANSWER SECTION:\n${rows}\n` : '';
  const when = strftime('%a %b %d %H:%M:%S UTC %Y', u.process.clock.now());
  return (
    `\n; <<>> DiG 9.18.30 <<>> ${u.operands.join(' ')}\n;; global options: +cmd\n;; Got answer:\n` +
    `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: ${id}\n;; flags: qr aa rd; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: 0, ADDITIONAL: 1\n` +
    `;; WARNING: recursion requested but not available\n\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n` +
    `;; QUESTION SECTION:\n;${dotted.padEnd(22)}\tIN\t${type}\n\n${section};; Query time: 0 msec\n;; SERVER: ${server}#53(${server}) (UDP)\n;; WHEN: ${when}\n;; MSG SIZE  rcvd: 106\n\n`
  );
}

export const host = defineUtility({
  names: ['host'],
  options: 't= a v W=',
  async run(u) {
    const [name = ''] = u.operands;
    const reverse = /^[\d.]+$/.test(name);
    const type = (u.options.value('t')?.toUpperCase() as DnsType | undefined) ?? (reverse ? 'PTR' : 'A');
    try {
      const answer = await u.process.machine.network.query(`${reverse ? reverseName(name) : name}${name.endsWith('.') ? '' : '.'}`, type);
      if (answer.records.length === 0) {
        u.status = 1;
        return await u.print(`Host ${name} not found: 3(${answer.status})\n`);
      }
      const verb = { A: 'has address', AAAA: 'has IPv6 address', PTR: 'domain name pointer', CNAME: 'is an alias for' } as const;
      await u.print(
        answer.records
          .map((r) => `${r.name.replace(/\.$/, '')} ${r.type in verb ? verb[r.type as keyof typeof verb] : `has ${r.type} record`} ${r.data}\n`)
          .join(''),
      );
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      u.status = 1;
      await u.print(';; connection timed out; no servers could be reached\n');
    }
  },
});
