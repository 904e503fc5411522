import type { Listening } from '../../../machine/index.ts';
import { defineUtility, type Invocation } from '../utility.ts';

interface Owner {
  readonly name: string;
  readonly pid: number | undefined;
}

/** A listening socket's process is the one that bears its service's name. */
function ownerOf(u: Invocation, { service }: Listening): Owner {
  const all = u.process.machine.processes.list();
  const found =
    all.find(({ argv }) => (argv[0] ?? '').replace(/.*\//, '') === service.name) ?? all.find(({ argv }) => argv.join(' ').includes(service.name));
  return { name: service.name, pid: found?.pid };
}

function chosen(u: Invocation): readonly Listening[] {
  const { options } = u;
  const [tcp, udp] = [options.has('t'), options.has('u')];
  const either = !tcp && !udp;
  return u.process.machine.network.listeners().filter(({ protocol }) => either || (protocol === 'TCP' ? tcp : udp));
}

const listening = (u: Invocation): boolean => u.options.has('l') || u.options.has('a');
const maySee = (u: Invocation): boolean => u.process.credentials.uid === 0;
const OPTIONS =
  't,tcp u,udp l,listening n,numeric p,processes,programs a,all 4,ipv4 6,ipv6 H,no-header x,unix e,extended s,summary r,route i,interfaces W,wide c';

export const ss = defineUtility({
  names: ['ss'],
  options: OPTIONS,
  package: 'iproute2-6.1.0',
  usage: 'ss [ OPTIONS ]\n       ss [ OPTIONS ] [ FILTER ]',
  async run(u) {
    const several = !(u.options.has('t') !== u.options.has('u'));
    const wanted = u.operands.join(' ').match(/(?:sport|dport)\s*=?\s*:(\d+)/)?.[1];
    const shown = (listening(u) ? chosen(u) : []).filter(({ port }) => wanted === undefined || port === Number(wanted));
    const rows = shown.map((one) => socketRow(u, one, several));
    const heads = [...(several ? ['Netid'] : []), 'State', 'Recv-Q', 'Send-Q', 'Local Address:', 'Port', 'Peer Address:', 'Port', 'Process'];
    await u.print(aligned(u.options.has('H') ? rows : [heads, ...rows], several ? 1 : 0));
  },
});

function socketRow(u: Invocation, one: Listening, several: boolean): string[] {
  const tcp = one.protocol === 'TCP';
  const { name, pid } = ownerOf(u, one);
  const process = u.options.has('p') && maySee(u) && pid !== undefined ? `users:(("${name}",pid=${pid},fd=3))` : '';
  const kind = several ? [tcp ? 'tcp' : 'udp'] : [];
  return [...kind, tcp ? 'LISTEN' : 'UNCONN', '0', tcp ? '4096' : '0', `${one.address}:`, String(one.port), '0.0.0.0:', '*', process];
}

/** The address columns end at their colon, the port columns begin there. */
function aligned(rows: readonly (readonly string[])[], shift: number): string {
  const width = (i: number) => Math.max(...rows.map((row) => (row[i] ?? '').length));
  const line = (row: readonly string[]) => {
    const cell = (i: number) => row[i + shift] ?? '';
    const kind = shift === 1 ? `${(row[0] ?? '').padEnd(width(0))} ` : '';
    const counters = [0, 1, 2].map((i) => cell(i).padEnd(width(i + shift))).join(' ');
    const ends = [3, 5].map((i) => cell(i).padStart(width(i + shift)) + cell(i + 1).padEnd(width(i + 1 + shift))).join(' ');
    return `${kind}${counters} ${ends}${cell(7)}\n`;
  };
  return rows.map(line).join('');
}

export const netstat = defineUtility({
  names: ['netstat'],
  options: OPTIONS,
  package: 'net-tools 2.10',
  async run(u) {
    if (u.options.has('r') || u.options.has('i'))
      return u.process.error('kubeproctor does not simulate netstat -r and -i: see ip route and ip link\n');
    const programs = u.options.has('p');
    const kind = u.options.has('a') ? 'servers and established' : u.options.has('l') ? 'only servers' : 'w/o servers';
    const heading = `Proto Recv-Q Send-Q Local Address           Foreign Address         State      ${programs ? ' PID/Program name    ' : ' '}`;
    if (programs && !maySee(u)) {
      await u.process.error(
        '(Not all processes could be identified, non-owned process info\n will not be shown, you would have to be root to see it all.)\n',
      );
    }
    const rows = (listening(u) ? chosen(u) : []).map((one) => {
      const { name, pid } = ownerOf(u, one);
      const program = programs ? ` ${(maySee(u) && pid !== undefined ? `${pid}/${name}` : '-').padEnd(20)}` : ' ';
      const tcp = one.protocol === 'TCP';
      const local = `${one.address}:${one.port}`;
      return `${(tcp ? 'tcp' : 'udp').padEnd(5)}      0      0 ${local.padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} ${(tcp ? 'LISTEN' : '').padEnd(11)}${program}\n`;
    });
    await u.print(`Active Internet connections (${kind})\n${heading}\n${rows.join('')}`);
  },
});
