import type { Container, Probe } from '../../api/schema/generated/types.ts';
import type { Clock } from '../../clock/index.ts';
import { NetworkError, type NetworkPort } from '../../machine/index.ts';
import type { ContainerRun } from './container-run.ts';
import { capture, ExecFailure } from './exec-in-container.ts';

/** `error` is a probe that could not be made at all. */
export type ProbeResult =
  | { readonly ok: true; readonly warning?: string }
  | { readonly ok: false; readonly output: string; readonly error?: boolean };

export interface ProbeTarget {
  readonly run: ContainerRun;
  readonly container: Container;
  readonly podIP: string;
  /** The node's door: probes come from the kubelet. */
  readonly network: NetworkPort;
  readonly clock: Clock;
}

/** Asks once. */
export async function attemptProbe(probe: Probe, target: ProbeTarget): Promise<ProbeResult> {
  const timeout = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.exec) return execProbe(probe.exec.command ?? [], target, timeout);
  if (probe.httpGet) return httpProbe(probe.httpGet, target, timeout);
  if (probe.tcpSocket) return tcpProbe(probe.tcpSocket, target, timeout);
  if (probe.grpc) return grpcProbe(probe.grpc, target, timeout);
  return { ok: true };
}

async function execProbe(command: readonly string[], { run }: ProbeTarget, timeout: number): Promise<ProbeResult> {
  try {
    const result = await capture(run, command, timeout);
    if (!result) return { ok: false, output: `command timed out: "${command.join(' ')}" timed out after ${timeout / 1000}s` };
    return result.code === 0 ? { ok: true } : { ok: false, output: result.output.slice(0, 10_240) };
  } catch (error) {
    if (!(error instanceof ExecFailure)) throw error;
    return { ok: false, error: true, output: `rpc error: code = Unknown desc = failed to exec in container: failed to start exec: ${error.message}` };
  }
}

type HttpGet = NonNullable<Probe['httpGet']>;

async function httpProbe(get: HttpGet, target: ProbeTarget, timeout: number): Promise<ProbeResult> {
  const port = portOf(get.port, target.container);
  if (port === undefined) return { ok: false, error: true, output: `couldn't find port: ${get.port}` };
  const host = get.host ?? target.podIP;
  const path = (get.path ?? '/').startsWith('/') ? (get.path ?? '/') : `/${get.path}`;
  const url = `${(get.scheme ?? 'HTTP').toLowerCase()}://${host}:${port}${path}`;
  const failed = (why: string): ProbeResult => ({ ok: false, output: `Get "${url}": ${why}` });
  try {
    const { service } = await target.network.connect({ host, port }, { timeout });
    if (get.scheme === 'HTTPS' && !service.tls) return failed('http: server gave HTTP response to HTTPS client');
    if (!service.http) return failed(`net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x00"`);
    if (get.scheme !== 'HTTPS' && service.tls) return { ok: false, output: 'HTTP probe failed with statuscode: 400' };
    const [plain = '/', query = ''] = path.split('?');
    const headers = { host: `${host}:${port}`, 'user-agent': 'kube-probe/1.36', accept: '*/*', connection: 'close', ...headersOf(get) };
    const request = {
      method: 'GET',
      path: plain,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers,
      remoteAddress: nodeAddress(target),
    };
    const response = await inTime(service.http(request), timeout, target.clock);
    if (!response) return failed('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
    const good = response.status >= 200 && response.status < 400;
    return good ? { ok: true } : { ok: false, output: `HTTP probe failed with statuscode: ${response.status}` };
  } catch (error) {
    return failed(dialError(error, host, port, 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'));
  }
}

const nodeAddress = ({ network }: ProbeTarget) => network.addresses[0] ?? '';
const headersOf = ({ httpHeaders = [] }: HttpGet) => Object.fromEntries(httpHeaders.map(({ name, value }) => [name.toLowerCase(), value]));

async function tcpProbe({ host, port }: NonNullable<Probe['tcpSocket']>, target: ProbeTarget, timeout: number): Promise<ProbeResult> {
  const number = portOf(port, target.container);
  if (number === undefined) return { ok: false, error: true, output: `couldn't find port: ${port}` };
  const address = host ?? target.podIP;
  try {
    await target.network.connect({ host: address, port: number }, { timeout });
    return { ok: true };
  } catch (error) {
    return { ok: false, output: dialError(error, address, number, `dial tcp ${address}:${number}: i/o timeout`) };
  }
}

async function grpcProbe({ port }: NonNullable<Probe['grpc']>, target: ProbeTarget, timeout: number): Promise<ProbeResult> {
  const service = `${target.podIP}:${port}`;
  try {
    const connection = await target.network.connect({ host: target.podIP, port }, { timeout });
    if (connection.service.name.startsWith('grpc')) return { ok: true };
    return {
      ok: false,
      output: 'error: this server does not implement the grpc health protocol (grpc.health.v1.Health): unknown service grpc.health.v1.Health',
    };
  } catch {
    return { ok: false, output: `timeout: failed to connect service "${service}" within ${timeout / 1000}s: context deadline exceeded` };
  }
}

/** A port by number or by the name that the container gives it. */
export function portOf(port: string | number, container: Container): number | undefined {
  if (/^\d+$/.test(String(port))) return Number(port);
  return container.ports?.find((p) => p.name === port)?.containerPort;
}

function dialError(error: unknown, host: string, port: number, late: string): string {
  if (!(error instanceof NetworkError)) throw error;
  const dial = `dial tcp ${host}:${port}`;
  if (error.code === 'ECONNREFUSED') return `${dial}: connect: connection refused`;
  if (error.code === 'EHOSTUNREACH') return `${dial}: connect: no route to host`;
  if (error.code === 'ENOTFOUND') return `dial tcp: lookup ${host}: no such host`;
  return late;
}

/** The promise's value, or undefined after `ms`. */
export function inTime<T>(promise: Promise<T>, ms: number, clock: Clock): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(ms, () => resolve(undefined));
    promise.then(
      (value) => {
        timer.cancel();
        resolve(value);
      },
      (error: unknown) => {
        timer.cancel();
        reject(error);
      },
    );
  });
}
