import { NetworkError } from '../../../machine/index.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { isBusybox } from './userland.ts';

export const ping = defineUtility({
  names: ['ping', 'ping4'],
  options: 'c= i= W= w= q 4 6 n s= t= I= D v',
  usage: 'ping [options] <destination>',
  async run(u) {
    const [host] = u.operands;
    if (host === undefined) throw new Failure('usage error: Destination address required');
    const count = Number(u.options.value('c') ?? Number.POSITIVE_INFINITY);
    const address = await addressOf(u, host);
    const busybox = isBusybox(u.process.machine);
    await u.print(busybox ? `PING ${host} (${address}): 56 data bytes\n` : `PING ${host} (${address}) 56(84) bytes of data.\n`);
    const times: number[] = [];
    let sent = 0;
    let interrupted = false;
    u.process.on('SIGINT', () => {
      interrupted = true;
    });
    const started = u.process.clock.now();
    while (sent < count && !interrupted) {
      sent++;
      const ms = await once(u, host, sent);
      if (ms !== undefined) {
        times.push(ms);
        const number = busybox ? sent - 1 : sent;
        if (!u.options.has('q'))
          await u.print(`64 bytes from ${address}: ${busybox ? 'seq' : 'icmp_seq'}=${number} ttl=64 time=${ms.toFixed(3)} ms\n`);
      }
      if (sent < count && !interrupted) await u.process.sleep(Number(u.options.value('i') ?? '1') * 1000);
    }
    await u.print(summary(host, sent, times, u.process.clock.now() - started, busybox));
    if (times.length === 0) u.status = 1;
  },
});

async function addressOf(u: Invocation, host: string): Promise<string> {
  try {
    return (await u.process.machine.network.resolve(host))[0] ?? host;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    if (isBusybox(u.process.machine)) throw new Failure(`bad address '${host}'`);
    throw new Failure(`${host}: ${error.code === 'EAI_AGAIN' ? 'Temporary failure in name resolution' : 'Name or service not known'}`, { status: 2 });
  }
}

async function once(u: Invocation, host: string, sequence: number): Promise<number | undefined> {
  const timeout = Number(u.options.value('W') ?? '1') * 1000;
  try {
    return (await u.process.machine.network.ping(host, { timeout })).ms;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    if (error.code === 'ENETUNREACH') throw new Failure('connect: Network is unreachable', { status: 2 });
    if (error.code === 'EHOSTUNREACH')
      await u.print(`From ${u.process.machine.network.addresses[0]} icmp_seq=${sequence} Destination Host Unreachable\n`);
    return undefined;
  }
}

function summary(host: string, sent: number, times: readonly number[], spent: number, busybox: boolean): string {
  const loss = sent === 0 ? 0 : Math.round(((sent - times.length) * 100) / sent);
  const average = times.reduce((sum, ms) => sum + ms, 0) / Math.max(1, times.length);
  const [low, high] = [Math.min(...times), Math.max(...times)].map((ms) => ms.toFixed(3));
  const deviation = Math.sqrt(times.reduce((sum, ms) => sum + (ms - average) ** 2, 0) / Math.max(1, times.length));
  const head = `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${times.length} ${busybox ? 'packets received' : 'received'}, ${loss}% packet loss`;
  const tail = busybox
    ? `round-trip min/avg/max = ${low}/${average.toFixed(3)}/${high} ms\n`
    : `rtt min/avg/max/mdev = ${low}/${average.toFixed(3)}/${high}/${deviation.toFixed(3)} ms\n`;
  return `${head}${busybox ? '' : `, time ${Math.round(spent)}ms`}\n${times.length > 0 ? tail : busybox ? '' : '\n'}`;
}
