import type { UpgradedStream } from '../../api/client/transport.ts';

/** What the API server asks of a node's kubelet on port 10250. Methods reject with StatusError, worded as the kubelet words it. */
export interface KubeletApi {
  logs(request: LogRequest): Promise<AsyncIterable<Uint8Array>>;
  exec(request: ExecRequest): Promise<UpgradedStream>;
  attach(request: ExecRequest): Promise<UpgradedStream>;
  portForward(request: { namespace: string; pod: string }): Promise<UpgradedStream>;
}

export interface LogRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines?: number;
  readonly limitBytes?: number;
  readonly sinceSeconds?: number;
  readonly sinceTime?: string;
  readonly signal?: AbortSignal;
}

export interface ExecRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/** The kubelet of a node, as the API server can reach it; undefined answers as a connection that is refused. */
export type KubeletDirectory = (nodeName: string) => KubeletApi | undefined;
