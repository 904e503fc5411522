import type { ApiRequest, ApiResponse } from '../../../api/client/transport.ts';
import type { ServerContext } from '../context.ts';
import { queryValues } from '../request-info.ts';
import { textResponse } from '../responses.ts';

const HOOKS = [
  'poststarthook/start-apiserver-admission-initializer',
  'poststarthook/generic-apiserver-start-informers',
  'poststarthook/priority-and-fairness-config-consumer',
  'poststarthook/priority-and-fairness-filter',
  'poststarthook/storage-object-count-tracker-hook',
  'poststarthook/start-apiextensions-informers',
  'poststarthook/start-apiextensions-controllers',
  'poststarthook/crd-informer-synced',
  'poststarthook/start-system-namespaces-controller',
  'poststarthook/start-cluster-authentication-info-controller',
  'poststarthook/start-kube-apiserver-identity-lease-controller',
  'poststarthook/start-kube-apiserver-identity-lease-garbage-collector',
  'poststarthook/start-legacy-token-tracking-controller',
  'poststarthook/start-service-ip-repair-controllers',
  'poststarthook/rbac/bootstrap-roles',
  'poststarthook/scheduling/bootstrap-system-priority-classes',
  'poststarthook/priority-and-fairness-config-producer',
  'poststarthook/bootstrap-controller',
  'poststarthook/start-kubernetes-service-cidr-controller',
  'poststarthook/aggregator-reload-proxy-client-cert',
  'poststarthook/start-kube-aggregator-informers',
  'poststarthook/apiservice-status-local-available-controller',
  'poststarthook/apiservice-status-remote-available-controller',
  'poststarthook/apiservice-registration-controller',
  'poststarthook/apiservice-discovery-controller',
  'poststarthook/kube-apiserver-autoregistration',
  'autoregister-completion',
  'poststarthook/apiservice-openapi-controller',
  'poststarthook/apiservice-openapiv3-controller',
];

const checksOf = (endpoint: string): string[] => {
  const basic = ['ping', 'log', 'etcd'];
  if (endpoint === 'readyz') return [...basic, 'etcd-readiness', 'informer-sync', ...HOOKS, 'shutdown'];
  return [...basic, ...HOOKS];
};

export const isHealthPath = (path: string): boolean => /^\/(healthz|livez|readyz)(\/|$)/.test(path);

export function health(_context: ServerContext, request: ApiRequest, path: string): ApiResponse {
  const [, endpoint = '', ...rest] = path.split('/');
  const checks = checksOf(endpoint);
  const one = rest.join('/');
  if (one) return checks.includes(one) ? textResponse('ok') : textResponse('404 page not found\n', 404);
  if (request.query?.verbose === undefined) return textResponse('ok');
  const excluded = new Set(queryValues(request, 'exclude'));
  const lines = checks.map((check) => (excluded.has(check) ? `[+]${check} excluded: ok` : `[+]${check} ok`));
  return textResponse(`${lines.join('\n')}\n${endpoint} check passed\n`);
}
