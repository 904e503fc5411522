/** What a machine's sockets can do. The world behind it (routes, policies, name servers) is whoever made the machine. */
export interface NetworkPort {
  readonly hostname: string;
  /** Own addresses, primary first; loopback is always there. */
  readonly addresses: readonly string[];
  /** Starts to listen on all own addresses (or one). Throws NetworkError EADDRINUSE, EACCES (port below 1024 without the right). */
  listen(port: number, service: Service, options?: { address?: string; protocol?: 'TCP' | 'UDP' }): Listening;
  listeners(): readonly Listening[];
  /** Opens a connection to an address or name. Rejects with NetworkError, after as long in virtual time as a real client would wait. */
  connect(
    target: { host: string; port: number; protocol?: 'TCP' | 'UDP' },
    options?: { timeout?: number; signal?: AbortSignal },
  ): Promise<Connection>;
  /** Asks the resolver of /etc/resolv.conf (search path applied unless the name ends in a dot), /etc/hosts first. */
  resolve(name: string): Promise<readonly string[]>;
  /** Asks a name server a question, as dig and nslookup do; the server of /etc/resolv.conf unless one is named. */
  query(name: string, type: DnsType, options?: { server?: string; signal?: AbortSignal }): Promise<DnsAnswer>;
  /** Round-trip in ms; rejects as connect does. */
  ping(host: string, options?: { timeout?: number }): Promise<{ address: string; ms: number }>;
}

export interface Listening {
  readonly port: number;
  readonly address: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly service: Service;
  close(): void;
}

/** What answers behind a port. An HTTP server states its handler; anything else takes the byte stream. */
export interface Service {
  readonly name: string;
  readonly tls?: TlsServer;
  http?(request: HttpRequest): Promise<HttpResponse>;
  accept?(stream: ByteStream): void;
  /** A name server's answer to one question; undefined is silence. */
  dns?(question: { name: string; type: DnsType }): Promise<Omit<DnsAnswer, 'server'> | undefined>;
}

export interface TlsServer {
  /** PEM, leaf first. */
  readonly certificate: string;
}

export interface ByteStream {
  read(): Promise<Uint8Array | null>;
  write(data: Uint8Array): Promise<void>;
  end(): void;
}

export interface Connection {
  /** Where it ended up: after service routing, the endpoint's own address. */
  readonly remote: { address: string; port: number };
  readonly local: { address: string };
  readonly service: Service;
  /** Raw bytes to a service that accepts streams, or HTTP spoken by hand to one that does not. */
  stream(): ByteStream;
}

/** Structurally an ApiRequest of api/client: an API server is a Service whose handler is its Transport, so objects pass without bytes. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, bytes, or a plain object that stands for its JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** The sender's address, as the server sees it. */
  readonly remoteAddress?: string;
  /** PEM of the client's certificate. */
  readonly clientCertificate?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly bytes?: AsyncIterable<Uint8Array>;
}

export type NetworkErrno =
  | 'ECONNREFUSED'
  | 'ETIMEDOUT'
  | 'EHOSTUNREACH'
  | 'ENETUNREACH'
  | 'ECONNRESET'
  | 'ENOTFOUND'
  | 'EAI_AGAIN'
  | 'EADDRINUSE'
  | 'EACCES';

export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: NetworkErrno;
  /** The address that was tried, once the name was resolved. */
  readonly address: string | undefined;

  constructor(code: NetworkErrno, message: string, address?: string) {
    super(message);
    this.code = code;
    this.address = address;
  }
}

export type DnsType = 'A' | 'AAAA' | 'CNAME' | 'SRV' | 'PTR' | 'TXT' | 'NS' | 'SOA' | 'ANY';

export interface DnsAnswer {
  readonly status: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  readonly records: readonly { name: string; type: DnsType; ttl: number; data: string }[];
  readonly server: string;
}
