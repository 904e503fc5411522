import type { KubeObject } from '../machinery/object.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/**
 * One request to a Kubernetes API. Bodies are plain objects (never mutated by either side) or, where a client holds raw text
 * that the server must decode strictly, the text itself.
 */
export interface ApiRequest {
  readonly method: HttpMethod;
  /** Without the query: `/apis/apps/v1/namespaces/default/deployments/web/scale`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Lower-case names. `accept` and `content-type` matter (Table, PartialObjectMetadata, patch types), so do `impersonate-*` and `user-agent`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Ends a watch or a stream. */
  readonly signal?: AbortSignal;
}

export interface ApiResponse {
  readonly status: number;
  /** Lower-case names; warnings are one string per header in `warnings`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly warnings?: readonly string[];
  /** An object (a resource, a List, a Table, a Status …) or text (`logs`, `/healthz`, `/metrics`). */
  readonly body?: unknown;
  /** A watch, when one was asked for. */
  readonly watch?: WatchStream;
  /** A byte stream: `logs -f`. */
  readonly bytes?: AsyncIterable<Uint8Array>;
  /** exec, attach, port-forward: the upgraded connection. */
  readonly upgrade?: UpgradedStream;
}

/**
 * The one seam: everything that speaks to a cluster speaks through this. The simulated API server implements it in process,
 * `server/` puts HTTPS around it, a kubeconfig transport reaches a real cluster. Rejects only for failures of the connection
 * (ConnectionError); every answer of a server, good or bad, is an ApiResponse.
 */
export type Transport = (request: ApiRequest) => Promise<ApiResponse>;

/** The connection itself failed; `message` is what Go's net/http would say (`dial tcp 10.0.0.1:6443: connect: connection refused`). */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';

export interface WatchEvent<T = KubeObject> {
  readonly type: WatchEventType;
  readonly object: T;
}

/** Events arrive in order; `listen` may be called once. In process `onEvent` is called during the commit: take note and return, do not write back from inside it. */
export interface WatchStream {
  listen(onEvent: (event: WatchEvent) => void, onEnd: () => void): void;
  stop(): void;
}

/** The channels of an exec or attach session, or of one forwarded port. */
export interface UpgradedStream {
  readonly stdin?: { write(data: Uint8Array): Promise<void>; end(): void };
  readonly stdout?: AsyncIterable<Uint8Array>;
  readonly stderr?: AsyncIterable<Uint8Array>;
  resize?(columns: number, rows: number): void;
  /** exec and attach: the v4/v5 protocol's closing Status. */
  readonly done?: Promise<unknown>;
  /** port-forward: opens one connection to a port of the pod. */
  connect?(port: number): Promise<{ read: AsyncIterable<Uint8Array>; write(data: Uint8Array): Promise<void>; end(): void }>;
  close(): void;
}
