import {
  type Connection,
  type DnsAnswer,
  type DnsType,
  type Files,
  type Listening,
  NetworkError,
  type NetworkPort,
  type Service,
} from '../../machine/index.ts';
import { isAddress } from './addresses.ts';
import type { NetNamespace } from './net-namespace.ts';
import type { Network } from './network.ts';
import { hostsEntries, lookUp, readResolverConfig } from './resolver.ts';
import { streamTo } from './spoken-http.ts';

/** How long the kernel goes on sending SYNs into silence. */
const CONNECT_PATIENCE = 130_000;
const DNS_PATIENCE = 5_000;

/** A machine's door to the network; `files` is the machine's own tree (its resolv.conf and hosts), known once the machine is made. */
export class WorldPort implements NetworkPort {
  readonly hostname: string;
  readonly namespace: NetNamespace;
  readonly #network: Network;
  readonly #opened: Listening[] = [];
  #files: Files | undefined;

  constructor(network: Network, namespace: NetNamespace, hostname: string) {
    this.#network = network;
    this.namespace = namespace;
    this.hostname = hostname;
  }

  readFrom(files: Files): void {
    this.#files = files;
  }

  get addresses(): readonly string[] {
    return this.namespace.addresses;
  }

  listen(port: number, service: Service, options: { address?: string; protocol?: 'TCP' | 'UDP' } = {}): Listening {
    const listening = this.namespace.listen(port, service, options.address, options.protocol);
    this.#opened.push(listening);
    return listening;
  }

  /** Closes what was opened through this door; others who share the addresses keep theirs. */
  closeAll(): void {
    for (const listening of this.#opened.splice(0)) listening.close();
  }

  listeners(): readonly Listening[] {
    return this.namespace.listeners();
  }

  async connect(
    { host, port, protocol = 'TCP' }: { host: string; port: number; protocol?: 'TCP' | 'UDP' },
    { timeout = CONNECT_PATIENCE, signal }: { timeout?: number; signal?: AbortSignal } = {},
  ): Promise<Connection> {
    const address = isAddress(host) ? host : (await this.resolve(host))[0];
    if (address === undefined) throw notKnown(host);
    const reached = this.#network.route(this.namespace, address, port, protocol);
    if ('refused' in reached) throw await this.#network.refusal(reached, address, timeout, signal);
    const local = { address: this.namespace.address };
    const { listening } = reached;
    return {
      remote: { address: reached.address, port: reached.port },
      local,
      service: listening.service,
      stream: () => streamTo(listening.service, local.address),
    };
  }

  async resolve(name: string): Promise<readonly string[]> {
    if (isAddress(name)) return [name];
    if (!this.#files) return name === 'localhost' ? ['127.0.0.1'] : [];
    const listed = hostsEntries(this.#files, name.replace(/\.$/, ''));
    if (listed.length > 0) return listed;
    if (name === 'localhost') return ['127.0.0.1'];
    const config = readResolverConfig(this.#files);
    const found = await lookUp(name, config, (question, type) => this.#askAny(config.nameservers, question, type));
    if (found === 'failure') throw new NetworkError('EAI_AGAIN', 'Temporary failure in name resolution');
    if (found === 'unknown') throw notKnown(name);
    return found;
  }

  async query(name: string, type: DnsType, options: { server?: string; signal?: AbortSignal } = {}): Promise<DnsAnswer> {
    const configured = this.#files ? readResolverConfig(this.#files).nameservers : [];
    const named = options.server;
    const servers = named === undefined ? configured : isAddress(named) ? [named] : (await this.resolve(named)).slice(0, 1);
    const answer = await this.#askAny(servers, name, type, options.signal);
    if (!answer) throw new NetworkError('ETIMEDOUT', 'connection timed out; no servers could be reached', servers[0]);
    return answer;
  }

  async ping(host: string, { timeout = 10_000 }: { timeout?: number } = {}): Promise<{ address: string; ms: number }> {
    const address = isAddress(host) ? host : (await this.resolve(host))[0];
    if (address === undefined) throw notKnown(host);
    const own = address.startsWith('127.') || this.addresses.includes(address);
    if (own || this.#network.has(address)) return { address, ms: own ? 0.05 : 0.3 };
    throw await this.#network.refusal({ refused: 'silence' }, address, timeout);
  }

  async #askAny(servers: readonly string[], name: string, type: DnsType, signal?: AbortSignal): Promise<DnsAnswer | undefined> {
    for (const server of servers) {
      const reached = this.#network.route(this.namespace, server, 53, 'UDP');
      if (!('refused' in reached)) {
        const answer = await reached.listening.service.dns?.({ name, type });
        if (answer) return { ...answer, server };
      } else if (reached.refused !== 'reset') await this.#network.clock.sleep(DNS_PATIENCE, signal);
    }
    return undefined;
  }
}

const notKnown = (name: string) => new NetworkError('ENOTFOUND', `${name}: Name or service not known`);
