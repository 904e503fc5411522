import type { ApiRequest, ApiResponse } from '../../api/client/transport.ts';
import { StatusError } from '../../api/machinery/status-error.ts';
import type { ServerContext } from './context.ts';
import { aggregatedDiscovery } from './discovery/aggregated.ts';
import { apiGroup, groupList, legacyVersions, resourceList } from './discovery/discovery.ts';
import { health, isHealthPath } from './discovery/health.ts';
import { versionInfo } from './discovery/version.ts';
import { isOpenApiPath, openApi } from './openapi/index.ts';
import { jsonResponse, notFoundPage, textResponse } from './responses.ts';

/** Answers what is not about a resource: discovery, health, version, metrics, OpenAPI. */
export function answerPath(context: ServerContext, request: ApiRequest): ApiResponse {
  const path = request.path.length > 1 ? request.path.replace(/\/+$/, '') : request.path;
  const { registry } = context;
  const all = registry.all();
  if (path === '/version') return jsonResponse(versionInfo(context.version));
  if (isHealthPath(path)) return health(context, request, path);
  if (isOpenApiPath(path)) return openApi(context, request, path);
  if (path === '/metrics') return textResponse(metrics(context));
  if (path === '/') return jsonResponse({ paths: rootPaths(context) });
  if (path === '/api') return discoveryDocument(request, all, true) ?? jsonResponse(legacyVersions('127.0.0.1:6443'));
  if (path === '/apis') return discoveryDocument(request, all, false) ?? jsonResponse(groupList(all));
  const [, root, group = '', version = ''] = path.split('/');
  if (root === 'api') return orNotFound(resourceList(all, '', group));
  if (root === 'apis') return orNotFound(version ? resourceList(all, group, version) : apiGroup(all, group));
  return notFoundPage();
}

function orNotFound(body: object | undefined): ApiResponse {
  return body ? jsonResponse(body) : notFoundPage();
}

function discoveryDocument(request: ApiRequest, all: Parameters<typeof aggregatedDiscovery>[0], core: boolean): ApiResponse | undefined {
  for (const part of (request.headers?.accept ?? '').split(',')) {
    if (!part.includes('g=apidiscovery.k8s.io') || !part.trim().startsWith('application/json')) continue;
    const version = part.includes('v=v2beta1') ? 'v2beta1' : 'v2';
    const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
    return { status: 200, headers: { 'content-type': type }, body: aggregatedDiscovery(all, version, core) };
  }
  return undefined;
}

function rootPaths({ registry }: ServerContext): string[] {
  const groups = registry.all().flatMap(({ group, version }) => (group ? [`/apis/${group}`, `/apis/${group}/${version}`] : []));
  const fixed = [
    '/api',
    '/api/v1',
    '/apis',
    '/apis/',
    '/healthz',
    '/livez',
    '/metrics',
    '/openapi/v2',
    '/openapi/v3',
    '/openapi/v3/',
    '/readyz',
    '/version',
  ];
  return [...new Set([...fixed, ...groups])].sort();
}

function metrics({ store, registry, metrics: requests }: ServerContext): string {
  const seen = new Map(registry.all().map((r) => [r.bucket, r]));
  const lines = [...seen.values()].map(
    ({ group, resource, bucket }) => `apiserver_resource_objects{group="${group}",resource="${resource}"} ${store.list(bucket).length}`,
  );
  return [
    '# HELP apiserver_resource_objects Number of stored objects at the time of last check split by kind.',
    '# TYPE apiserver_resource_objects gauge',
    ...lines,
    ...requests.lines(),
    '',
  ].join('\n');
}

export const unknownResource = (): StatusError =>
  new StatusError({ code: 404, reason: 'NotFound', message: 'the server could not find the requested resource', details: {} });
