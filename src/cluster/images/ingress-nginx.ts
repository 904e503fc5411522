import { createApiClient } from '../../api/client/create-api-client.ts';
import type { Informers } from '../../api/client/informer.ts';
import type { Transport } from '../../api/client/transport.ts';
import { EndpointSlices, IngressClasses, Ingresses, Secrets, Services } from '../../api/kinds/resource-types.ts';
import { isStatusError } from '../../api/machinery/status-error.ts';
import type { Ingress, IngressBackend } from '../../api/schema/generated/types.ts';
import { type HttpRequest, type HttpResponse, NetworkError, type Process } from '../../machine/index.ts';
import { errorPage } from './nginx/respond.ts';
import { finallyClose, httpService, requestTarget, text, untilStopped } from './running.ts';

const CONTROLLER = 'k8s.io/ingress-nginx';
const ANNOTATION = 'nginx.ingress.kubernetes.io';

type TransportFor = (user: { name: string; groups: readonly string[] }) => Transport;

/** The ingress-nginx controller: routes by the Ingress objects of its class, and writes their addresses. */
export async function runIngressController(process: Process): Promise<number> {
  const informers = process.machine.facilities.get('informers') as Informers;
  const { network } = process.machine;
  const serve = (tls: boolean) => (request: HttpRequest) => route(request, { process, informers, tls });
  const https = {
    ...httpService('ingress-nginx', serve(true)),
    tls: {
      get certificate() {
        return certificateFor(informers);
      },
    },
  };
  const listening = [
    network.listen(80, httpService('ingress-nginx', serve(false))),
    network.listen(443, https),
    network.listen(
      10_254,
      httpService('ingress-nginx', () => text(200, 'ok')),
    ),
  ];
  const stop = informers.for(Ingresses).onChange((now) => {
    if (now && isMine(now, informers)) void publishAddress(process, now);
  });
  for (const ingress of informers.for(Ingresses).list()) if (isMine(ingress, informers)) void publishAddress(process, ingress);
  try {
    return await finallyClose(listening, untilStopped(process));
  } finally {
    stop();
  }
}

interface RoutingPlace {
  readonly process: Process;
  readonly informers: Informers;
  readonly tls: boolean;
}

interface Choice {
  readonly ingress: Ingress;
  readonly backend: IngressBackend;
  readonly path: string;
  readonly exact: boolean;
}

function isMine(ingress: Ingress, informers: Informers): boolean {
  const named = ingress.spec?.ingressClassName ?? ingress.metadata.annotations?.['kubernetes.io/ingress.class'];
  if (named === undefined) return false;
  return informers.for(IngressClasses).get('', named)?.spec?.controller === CONTROLLER;
}

async function route(request: HttpRequest, place: RoutingPlace): Promise<HttpResponse> {
  const host = (request.headers?.host ?? '').replace(/:\d+$/, '').toLowerCase();
  const choice = choose(host, request.path, place.informers);
  const response = choice ? await forward(request, choice, host, place) : plainPage(404);
  await place.process.print(`${request.remoteAddress ?? '-'} - - "${request.method} ${requestTarget(request)} HTTP/1.1" ${response.status}\n`);
  return response;
}

/** ingress-nginx hides its version. */
function plainPage(status: number): HttpResponse {
  const page = errorPage(status, '');
  return { ...page, body: String(page.body).replace('nginx/', 'nginx') };
}

/** The rule with the most exact host, and of its paths the exact or longest one. */
function choose(host: string, path: string, informers: Informers): Choice | undefined {
  const mine = informers
    .for(Ingresses)
    .list()
    .filter((ingress) => isMine(ingress, informers));
  const rules = mine.flatMap((ingress) => (ingress.spec?.rules ?? []).map((rule) => ({ ingress, rule, rank: hostRank(rule.host ?? '', host) })));
  const best = Math.max(0, ...rules.map(({ rank }) => rank));
  const paths = rules
    .filter(({ rank }) => rank > 0 && rank === best)
    .flatMap(({ ingress, rule }) =>
      (rule.http?.paths ?? []).map(({ backend, path: at = '/', pathType }) => ({
        ingress,
        backend,
        path: at,
        exact: pathType === 'Exact',
        regex: usesRegex(ingress),
      })),
    )
    .filter((candidate) => pathMatches(candidate, path))
    .sort((a, b) => Number(b.exact) - Number(a.exact) || b.path.length - a.path.length);
  if (paths[0]) return paths[0];
  const fallback = mine.find((ingress) => ingress.spec?.defaultBackend);
  return fallback?.spec?.defaultBackend ? { ingress: fallback, backend: fallback.spec.defaultBackend, path: '/', exact: false } : undefined;
}

function hostRank(wanted: string, host: string): number {
  if (wanted === '') return 1;
  if (wanted === host) return 3;
  const [, ...rest] = host.split('.');
  return wanted.startsWith('*.') && wanted.slice(2) === rest.join('.') ? 2 : 0;
}

const usesRegex = ({ metadata }: Ingress): boolean =>
  metadata.annotations?.[`${ANNOTATION}/use-regex`] === 'true' || /\$\d/.test(metadata.annotations?.[`${ANNOTATION}/rewrite-target`] ?? '');

function pathMatches({ path, exact, regex }: { path: string; exact: boolean; regex: boolean }, asked: string): boolean {
  if (regex) return new RegExp(`^${path}`, 'i').test(asked);
  if (exact) return path === asked;
  const prefix = path.replace(/\/$/, '');
  return asked === prefix || asked.startsWith(`${prefix}/`);
}

async function forward(request: HttpRequest, choice: Choice, host: string, { process, informers, tls }: RoutingPlace): Promise<HttpResponse> {
  const notes = choice.ingress.metadata.annotations ?? {};
  const secured = choice.ingress.spec?.tls?.some(({ hosts }) => !hosts?.length || hosts.includes(host));
  if (!tls && secured && notes[`${ANNOTATION}/ssl-redirect`] !== 'false') {
    return { ...plainPage(308), headers: { 'content-type': 'text/html', location: `https://${host}${requestTarget(request)}` } };
  }
  const endpoint = endpointOf(choice, process, informers);
  if (!endpoint) return plainPage(503);
  const target = notes[`${ANNOTATION}/rewrite-target`];
  const path =
    target === undefined
      ? request.path
      : usesRegex(choice.ingress)
        ? request.path.replace(new RegExp(`^${choice.path}.*$`, 'i'), rewritten(target, choice.path, request.path))
        : target;
  const headers = {
    ...request.headers,
    'x-forwarded-for': request.remoteAddress ?? '',
    'x-forwarded-host': host,
    'x-forwarded-proto': tls ? 'https' : 'http',
    'x-real-ip': request.remoteAddress ?? '',
  };
  try {
    const { service, local } = await process.machine.network.connect(endpoint, { timeout: 5_000 });
    return (await service.http?.({ ...request, path, headers, remoteAddress: local.address })) ?? plainPage(502);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return plainPage(error.code === 'ETIMEDOUT' ? 504 : 502);
  }
}

function rewritten(target: string, pattern: string, path: string): string {
  const groups = new RegExp(`^${pattern}`, 'i').exec(path) ?? [];
  return target.replace(/\$(\d)/g, (_, n: string) => groups[Number(n)] ?? '');
}

/** One ready endpoint of the backend's service: ingress-nginx goes past kube-proxy. */
function endpointOf({ ingress, backend }: Choice, process: Process, informers: Informers): { host: string; port: number } | undefined {
  const namespace = ingress.metadata.namespace ?? '';
  const service = informers.for(Services).get(namespace, backend.service?.name ?? '');
  const wanted = backend.service?.port;
  const port = service?.spec?.ports?.find((p) => (wanted?.name ? p.name === wanted.name : p.port === wanted?.number));
  if (!service || !port) return undefined;
  const endpoints = informers
    .for(EndpointSlices)
    .byIndex('service', `${namespace}/${service.metadata.name}`)
    .flatMap((slice) => {
      const number = slice.ports?.find((p) => (p.name ?? '') === (port.name ?? ''))?.port;
      const ready = (slice.endpoints ?? []).filter((e) => e.conditions?.ready !== false);
      return number === undefined ? [] : ready.flatMap((e) => e.addresses.slice(0, 1).map((host) => ({ host, port: number })));
    });
  return endpoints.length > 0 ? process.clock.random.pick(endpoints) : undefined;
}

function certificateFor(informers: Informers): string {
  const named = informers
    .for(Ingresses)
    .list()
    .flatMap((i) => (i.spec?.tls ?? []).map((t) => [i.metadata.namespace ?? '', t.secretName ?? ''] as const))[0];
  const secret = named && informers.for(Secrets).get(...named);
  return Buffer.from(secret?.data?.['tls.crt'] ?? '', 'base64').toString('utf8');
}

async function publishAddress(process: Process, ingress: Ingress): Promise<void> {
  const transport = process.machine.facilities.get('transport') as TransportFor;
  const ip = process.machine.facilities.get('node-address') as string;
  if (ingress.status?.loadBalancer?.ingress?.some((i) => i.ip === ip)) return;
  const api = createApiClient(transport({ name: 'system:serviceaccount:ingress-nginx:ingress-nginx', groups: ['system:masters'] }), {
    userAgent: 'nginx-ingress-controller',
  });
  try {
    const status = { loadBalancer: { ingress: [{ ip }] } };
    await api.patch(Ingresses, ingress.metadata.namespace ?? '', ingress.metadata.name ?? '', 'merge', { status }, { subresource: 'status' });
  } catch (error) {
    if (!isStatusError(error)) throw error;
  }
}
