import { type Listening, NetworkError, type Service } from '../../machine/index.ts';

/** Whose namespace it is, where that matters to policies and routing. */
export interface NamespaceOwner {
  readonly kind: 'pod' | 'node' | 'machine';
  /** `namespace/name` of a pod, else the machine's name. */
  readonly name: string;
  /** The node it is on (a node's own name for a node). */
  readonly node?: string;
}

/** Addresses and sockets that processes share: those of a machine, or of all containers of a pod. */
export class NetNamespace {
  readonly owner: NamespaceOwner;
  readonly addresses: readonly string[];
  readonly #listening = new Map<string, Listening>();
  /** False while its link is down: nothing gets in or out. */
  up = true;

  constructor(owner: NamespaceOwner, addresses: readonly string[]) {
    this.owner = owner;
    this.addresses = addresses;
  }

  get address(): string {
    return this.addresses[0] ?? '127.0.0.1';
  }

  listen(port: number, service: Service, address = '0.0.0.0', protocol: 'TCP' | 'UDP' = 'TCP'): Listening {
    const any = address === '0.0.0.0' || address === '::' || address === '*';
    const key = `${protocol}:${port}:${any ? '*' : address}`;
    const clash = any
      ? [...this.#listening.keys()].some((k) => k.startsWith(`${protocol}:${port}:`))
      : this.#listening.has(key) || this.#listening.has(`${protocol}:${port}:*`);
    if (clash) throw new NetworkError('EADDRINUSE', 'Address already in use', address);
    const listening: Listening = {
      port,
      address: any ? '0.0.0.0' : address,
      protocol,
      service,
      close: () => {
        if (this.#listening.get(key) === listening) this.#listening.delete(key);
      },
    };
    this.#listening.set(key, listening);
    return listening;
  }

  listeners(): readonly Listening[] {
    return [...this.#listening.values()];
  }

  /** What answers on one of its addresses. */
  at(address: string, port: number, protocol: 'TCP' | 'UDP'): Listening | undefined {
    return this.#listening.get(`${protocol}:${port}:*`) ?? this.#listening.get(`${protocol}:${port}:${address}`);
  }
}
