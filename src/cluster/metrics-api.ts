import type { ApiRequest, ApiResponse } from '../api/client/transport.ts';
import { selects } from '../api/machinery/labels.ts';
import { forbidden, notFound } from '../api/machinery/status-error.ts';
import { isoTime } from '../clock/index.ts';
import { requestInfo } from './apiserver/request-info.ts';
import { errorResponse, jsonResponse } from './apiserver/responses.ts';
import type { NodeAgent } from './node-agent.ts';

const GROUP = 'metrics.k8s.io';
const VERSION = 'v1beta1';
const GROUP_VERSION = `${GROUP}/${VERSION}`;

export interface MetricsSource {
  readonly agents: ReadonlyMap<string, NodeAgent>;
  /** Whether a metrics-server runs and is ready. */
  readonly available: () => boolean;
  readonly now: () => number;
}

type Handler<Request extends ApiRequest> = (request: Request) => Promise<ApiResponse>;

/** An API server's handler with metrics.k8s.io aggregated into it; who may read what, the handler itself is asked with the caller's credentials. */
export function withMetrics<Request extends ApiRequest>(inner: Handler<Request>, source: MetricsSource): Handler<Request> {
  return async (request) => {
    const concerned = request.path === '/apis' || request.path.startsWith(`/apis/${GROUP}`);
    if (!concerned || !source.available()) return inner(request);
    if (request.path === '/apis') return withGroup(await inner(request));
    if (request.path === `/apis/${GROUP}`) return jsonResponse({ kind: 'APIGroup', apiVersion: 'v1', ...apiGroup });
    if (request.path === `/apis/${GROUP_VERSION}`)
      return jsonResponse({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion: GROUP_VERSION, resources });
    if (!request.path.startsWith(`/apis/${GROUP_VERSION}/`)) return inner(request);
    return (await refusal(inner, request)) ?? answer(request, source);
  };
}

const verbs = ['get', 'list'];
const resources = [
  { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs },
  { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs },
];
const version = { groupVersion: GROUP_VERSION, version: VERSION };
const apiGroup = { name: GROUP, versions: [version], preferredVersion: version };

function withGroup(response: ApiResponse): ApiResponse {
  const body = response.body as { kind?: string; groups?: readonly object[]; items?: readonly object[] } | undefined;
  if (body?.kind === 'APIGroupList') return { ...response, body: { ...body, groups: [...(body.groups ?? []), apiGroup] } };
  if (body?.kind !== 'APIGroupDiscoveryList') return response;
  const discovered = resources.map(({ name, kind, namespaced }) => ({
    resource: name,
    responseKind: { group: GROUP, version: VERSION, kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: '',
    verbs,
  }));
  const entry = { metadata: { name: GROUP, creationTimestamp: null }, versions: [{ version: VERSION, resources: discovered, freshness: 'Current' }] };
  return { ...response, body: { ...body, items: [...(body.items ?? []), entry] } };
}

async function refusal<Request extends ApiRequest>(inner: Handler<Request>, request: Request): Promise<ApiResponse | undefined> {
  const { verb, namespace, resource, name } = requestInfo(request);
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    metadata: {},
    spec: { resourceAttributes: { group: GROUP, resource, verb, namespace, name } },
  };
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const headers = { ...request.headers, accept: 'application/json', 'content-type': 'application/json' };
  const asked = await inner({ ...request, method: 'POST', path, query: {}, headers, body: review });
  if (asked.status >= 400) return asked;
  const { status } = asked.body as { status?: { allowed?: boolean } };
  if (status?.allowed) return undefined;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  return errorResponse(forbidden({ group: GROUP, resource }, name, `User cannot ${verb} resource "${resource}" in API group "${GROUP}" ${where}`));
}

function answer(request: ApiRequest, source: MetricsSource): ApiResponse {
  const { resource, namespace, name } = requestInfo(request);
  const all = resource === 'nodes' ? nodeMetrics(source) : podMetrics(source, namespace);
  const selector = String(request.query?.labelSelector ?? '');
  const kind = resource === 'nodes' ? 'NodeMetrics' : 'PodMetrics';
  if (name) {
    const found = all.find((m) => m.metadata.name === name);
    return found ? jsonResponse({ kind, apiVersion: GROUP_VERSION, ...found }) : errorResponse(notFound({ group: GROUP, resource }, name));
  }
  const items = all.filter((m) => matches(selector, m.metadata.labels));
  return jsonResponse({ kind: `${kind}List`, apiVersion: GROUP_VERSION, metadata: {}, items });
}

/** Equality selectors, as `kubectl top -l` sends them. */
function matches(selector: string, labels: Readonly<Record<string, string>>): boolean {
  const terms = selector
    .split(',')
    .filter(Boolean)
    .map((term) => term.split(/==?/));
  return selects({ matchLabels: Object.fromEntries(terms) }, labels);
}

interface Usage {
  cpuMillicores: number;
  memoryBytes: number;
}

const quantities = ({ cpuMillicores, memoryBytes }: Usage) => ({
  cpu: `${Math.round(cpuMillicores * 1_000_000)}n`,
  memory: `${Math.ceil(memoryBytes / 1024)}Ki`,
});
const stamp = ({ now }: MetricsSource) => ({ timestamp: isoTime(now()), window: '15s' });

function podMetrics(source: MetricsSource, namespace: string) {
  return [...source.agents.values()].flatMap(({ kubelet }) =>
    [...kubelet.workers()].flatMap(({ pod, slots }) => {
      const running = slots.filter((s) => s.running && s.run && s.role !== 'ephemeral');
      if (running.length === 0 || (namespace && pod.metadata.namespace !== namespace)) return [];
      const containers = running.flatMap(({ name, run }) => (run ? [{ name, usage: quantities(run.usage) }] : []));
      const { name = '', labels = {} } = pod.metadata;
      return [
        { metadata: { name, namespace: pod.metadata.namespace, labels, creationTimestamp: isoTime(source.now()) }, ...stamp(source), containers },
      ];
    }),
  );
}

/** What the system itself takes, beside its containers. */
const SYSTEM: Usage = { cpuMillicores: 45, memoryBytes: 620 * 2 ** 20 };

function nodeMetrics(source: MetricsSource) {
  return [...source.agents.values()].map(({ name, kubelet }) => {
    const runs = [...kubelet.workers()].flatMap(({ slots }) => slots.flatMap((s) => (s.running && s.run ? [s.run.usage] : [])));
    const total = runs.reduce(
      (sum, u) => ({ cpuMillicores: sum.cpuMillicores + u.cpuMillicores, memoryBytes: sum.memoryBytes + u.memoryBytes }),
      SYSTEM,
    );
    const labels: Readonly<Record<string, string>> = { 'kubernetes.io/hostname': name };
    return { metadata: { name, labels, creationTimestamp: isoTime(source.now()) }, ...stamp(source), usage: quantities(total) };
  });
}
