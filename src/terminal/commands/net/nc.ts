import { NetworkError } from '../../../machine/index.ts';
import { chunks } from '../input.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { isBusybox } from './userland.ts';

export const nc = defineUtility({
  names: ['nc', 'ncat', 'netcat'],
  options: 'z v u n w= l k p= s= 4 6 q= e= i= t N o=',
  async run(u) {
    if (u.options.has('l')) return serve(u);
    const [host, ports] = u.operands;
    if (host === undefined || ports === undefined) throw new Failure('missing port number', { status: 1 });
    const [first = 0, last = first] = ports.split('-').map(Number);
    for (let port = first; port <= last; port++) await reach(u, host, port);
  },
});

const SERVICES: Readonly<Record<number, string>> = {
  22: 'ssh',
  53: 'domain',
  80: 'http',
  443: 'https',
  3306: 'mysql',
  5432: 'postgresql',
  6379: 'redis',
  6443: '*',
  8080: 'http-alt',
};

async function reach(u: Invocation, host: string, port: number): Promise<void> {
  const protocol = u.options.has('u') ? 'UDP' : 'TCP';
  const limit = u.options.value('w');
  try {
    const connection = await u.process.machine.network.connect(
      { host, port, protocol },
      { signal: u.process.signal, ...(limit !== undefined && { timeout: Number(limit) * 1000 }) },
    );
    const { address } = connection.remote;
    const label = SERVICES[port] ?? '*';
    if (u.options.has('v')) {
      await u.process.error(
        isBusybox(u.process.machine)
          ? `${host} (${address}:${port}) open\n`
          : `Connection to ${host}${/^[\d.]+$/.test(host) ? '' : ` (${address})`} ${port} port [${protocol.toLowerCase()}/${label}] succeeded!\n`,
      );
    }
    if (u.options.has('z')) return;
    const stream = connection.stream();
    const receive = (async () => {
      for (let chunk = await stream.read(); chunk; chunk = await stream.read()) await u.process.stdout.write(chunk);
    })();
    const send = (async () => {
      for await (const chunk of chunks(u.process.stdin)) await stream.write(chunk);
      stream.end();
    })();
    await Promise.race([receive, send.then(() => receive)]);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    u.status = 1;
    await complain(u, host, port, error, protocol.toLowerCase());
  }
}

async function complain(u: Invocation, host: string, port: number, error: NetworkError, protocol: string): Promise<void> {
  const unknown = error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN';
  if (isBusybox(u.process.machine)) {
    if (unknown) await u.process.error(`nc: bad address '${host}'\n`);
    else if (u.options.has('v'))
      await u.process.error(
        `nc: ${host} (${error.address ?? host}:${port}): ${error.code === 'ETIMEDOUT' ? 'Operation timed out' : 'Connection refused'}\n`,
      );
    return;
  }
  if (unknown) return u.process.error(`nc: getaddrinfo for host "${host}" port ${port}: Name or service not known\n`);
  if (!u.options.has('v')) return;
  const reason = error.code === 'ETIMEDOUT' ? 'timed out: Operation now in progress' : 'failed: Connection refused';
  await u.process.error(`nc: connect to ${host}${/^[\d.]+$/.test(host) ? '' : ` (${error.address ?? host})`} port ${port} (${protocol}) ${reason}\n`);
}

async function serve(u: Invocation): Promise<void> {
  const port = Number(u.options.value('p') ?? u.operands.at(-1));
  if (!Number.isInteger(port) || port <= 0) throw new Failure('missing port number');
  const { network } = u.process.machine;
  let done: () => void = () => undefined;
  const served = new Promise<void>((resolve) => {
    done = resolve;
  });
  try {
    if (u.options.has('v')) await u.process.error(`Listening on 0.0.0.0 ${port}\n`);
    const listening = network.listen(port, {
      name: 'nc',
      accept: (stream) => {
        const receive = async () => {
          for (let chunk = await stream.read(); chunk; chunk = await stream.read()) await u.process.stdout.write(chunk);
          if (!u.options.has('k')) done();
        };
        const send = async () => {
          for await (const chunk of chunks(u.process.stdin)) await stream.write(chunk);
          stream.end();
        };
        void Promise.all([receive(), send()]).catch(() => done());
      },
    });
    u.process.signal.addEventListener('abort', () => done(), { once: true });
    await served;
    listening.close();
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw new Failure(error.message);
  }
}
