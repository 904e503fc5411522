import type { Files } from './files.ts';
import { type ByteStream, type Connection, type Listening, NetworkError, type NetworkPort, type Service } from './network.ts';
import { createPipe } from './pipe.ts';

type Endpoint = { port: number; protocol: 'TCP' | 'UDP' };

/** A machine's own listening sockets, shared by every kind of network. */
export class Listeners {
  readonly #all = new Set<Listening>();

  list(): readonly Listening[] {
    return [...this.#all].sort((a, b) => a.port - b.port);
  }

  add(port: number, service: Service, { address = '0.0.0.0', protocol = 'TCP' }: { address?: string; protocol?: 'TCP' | 'UDP' } = {}): Listening {
    if (this.find(address, { port, protocol })) throw new NetworkError('EADDRINUSE', 'Address already in use', address);
    const listening: Listening = { port, address, protocol, service, close: () => void this.#all.delete(listening) };
    this.#all.add(listening);
    return listening;
  }

  /** Who answers on this address of the machine. */
  find(address: string, { port, protocol }: Endpoint): Listening | undefined {
    const any = (a: string) => a === '0.0.0.0' || a === '::';
    return [...this.#all].find((l) => l.port === port && l.protocol === protocol && (l.address === address || any(l.address) || any(address)));
  }
}

export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';

/** Two byte streams, each reading what the other writes. */
export function streamPair(): [ByteStream, ByteStream] {
  const there = createPipe();
  const back = createPipe();
  const end = (read: ReturnType<typeof createPipe>, write: ReturnType<typeof createPipe>): ByteStream => ({
    read: () => read.source.read(),
    write: (data) => write.sink.write(data),
    end: () => write.sink.end(),
  });
  return [end(back, there), end(there, back)];
}

/** A connection to a service that was found; an HTTP service without `accept` gives no raw stream. */
export function connectionTo(service: Service, remote: { address: string; port: number }, local: string): Connection {
  return {
    remote,
    local: { address: local },
    service,
    stream() {
      const [client, server] = streamPair();
      if (service.accept) service.accept(server);
      else server.end();
      return client;
    },
  };
}

/** Names of /etc/hosts. */
export function hostsLookup(files: Files, name: string): string[] {
  if (!files.exists('/etc/hosts')) return [];
  const rows = files
    .readText('/etc/hosts')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/));
  return rows.filter(([address, ...names]) => address && names.includes(name)).map(([address]) => address ?? '');
}

const isAddress = (host: string) => /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(':');

/** A machine alone in the world: it reaches itself and nothing else. */
export function createLocalNetwork({
  hostname,
  files,
  addresses = ['127.0.0.1'],
}: {
  hostname: string;
  files: Files;
  addresses?: readonly string[];
}): NetworkPort {
  const listeners = new Listeners();
  const resolve = async (name: string): Promise<readonly string[]> => {
    if (isAddress(name)) return [name];
    const found = hostsLookup(files, name);
    if (found.length > 0) return found;
    if (name === 'localhost' || name === hostname) return ['127.0.0.1'];
    throw new NetworkError('ENOTFOUND', 'Name or service not known');
  };
  const own = (address: string) => isLoopback(address) || addresses.includes(address);
  return {
    hostname,
    addresses,
    listen: (port, service, options) => listeners.add(port, service, options),
    listeners: () => listeners.list(),
    resolve,
    async connect({ host, port, protocol = 'TCP' }) {
      const [address = ''] = await resolve(host);
      if (!own(address)) throw new NetworkError('ENETUNREACH', 'Network is unreachable', address);
      const listening = listeners.find(address, { port, protocol });
      if (!listening) throw new NetworkError('ECONNREFUSED', 'Connection refused', address);
      return connectionTo(listening.service, { address, port }, address);
    },
    query: async () => {
      throw new NetworkError('ETIMEDOUT', 'no servers could be reached');
    },
    async ping(host) {
      const [address = ''] = await resolve(host);
      if (!own(address)) throw new NetworkError('ENETUNREACH', 'Network is unreachable', address);
      return { address, ms: 0.05 };
    },
  };
}
