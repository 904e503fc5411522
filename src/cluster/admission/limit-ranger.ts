import { compareQuantities, formatQuantity, parseQuantity, quantityMilli } from '../../api/machinery/quantity.ts';
import type { Container, LimitRange, LimitRangeItem, PersistentVolumeClaim } from '../../api/schema/generated/types.ts';
import { type AdmissionRequest, type AdmissionView, defineAdmission } from './admission-plugin.ts';
import { asPod, type PodObject, withSpec } from './pod-object.ts';
import { podResources, type ResourceList } from './pod-resources.ts';
import { refuse } from './refuse.ts';

export const limitRanger = defineAdmission({
  name: 'LimitRanger',
  operations: ['CREATE', 'UPDATE'],
  resources: ['pods', 'persistentvolumeclaims'],
  mutate: (object, request, view) => {
    if (object.kind !== 'Pod' || request.operation !== 'CREATE') return object;
    return rangesOf(request, view).reduce<PodObject>((pod, range) => withDefaults(pod, range), asPod(object));
  },
  validate: (request, view) => {
    const { object, operation } = request;
    if (!object || (object.kind === 'Pod' && operation === 'UPDATE') || request.old?.metadata.deletionTimestamp) return;
    for (const range of rangesOf(request, view)) {
      const reasons = (range.spec?.limits ?? []).flatMap((item) => violations(item, object));
      if (reasons.length > 0) throw refuse(request, ...reasons);
    }
  },
});

const rangesOf = ({ namespace }: AdmissionRequest, view: AdmissionView) =>
  view.list('', 'limitranges', namespace) as unknown as readonly LimitRange[];

function withDefaults(pod: PodObject, { spec }: LimitRange): PodObject {
  const items = (spec?.limits ?? []).filter(({ type }) => type === 'Container');
  const requests = Object.assign({}, ...items.map((i) => i.defaultRequest ?? {})) as ResourceList;
  const limits = Object.assign({}, ...items.map((i) => i.default ?? {})) as ResourceList;
  const notes: string[] = [];
  const change = (kind: 'container' | 'init container') => (container: Container) => defaulted(container, kind, requests, limits, notes);
  const { containers, initContainers } = pod.spec;
  const changed = withSpec(pod, {
    containers: containers.map(change('container')),
    ...(initContainers ? { initContainers: initContainers.map(change('init container')) } : {}),
  });
  if (notes.length === 0) return pod;
  const annotations = { ...pod.metadata.annotations, 'kubernetes.io/limit-ranger': `LimitRanger plugin set: ${notes.join('; ')}` };
  return { ...changed, metadata: { ...changed.metadata, annotations } };
}

function defaulted(container: Container, kind: string, requests: ResourceList, limits: ResourceList, notes: string[]): Container {
  const { resources = {} } = container;
  const missing = (defaults: ResourceList, given: unknown) =>
    Object.keys(defaults).filter((name) => (given as ResourceList | undefined)?.[name] === undefined);
  const newRequests = missing(requests, resources.requests).sort();
  const newLimits = missing(limits, resources.limits).sort();
  if (newRequests.length > 0) notes.push(`${newRequests.join(', ')} request for ${kind} ${container.name}`);
  if (newLimits.length > 0) notes.push(`${newLimits.join(', ')} limit for ${kind} ${container.name}`);
  if (newRequests.length + newLimits.length === 0) return container;
  return {
    ...container,
    resources: {
      ...resources,
      ...(newLimits.length > 0 || resources.limits ? { limits: { ...limits, ...resources.limits } } : {}),
      ...(newRequests.length > 0 || resources.requests ? { requests: { ...requests, ...resources.requests } } : {}),
    },
  };
}

function violations(item: LimitRangeItem, object: { kind: string; spec?: unknown }): string[] {
  if (object.kind === 'PersistentVolumeClaim') {
    if (item.type !== 'PersistentVolumeClaim') return [];
    const requests = ((object.spec as PersistentVolumeClaim['spec'])?.resources?.requests ?? {}) as ResourceList;
    return [
      ...each(item.min, (n, v) => minimum(item.type, n, v, requests, {})),
      ...each(item.max, (n, v) => maximumRequest(item.type, n, v, requests)),
    ];
  }
  const { spec } = object as PodObject;
  if (item.type === 'Pod') return bounds(item, podResources(spec, 'requests'), podResources(spec, 'limits'));
  if (item.type !== 'Container') return [];
  return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources }) =>
    bounds(item, (resources?.requests ?? {}) as ResourceList, (resources?.limits ?? {}) as ResourceList),
  );
}

const bounds = (item: LimitRangeItem, requests: ResourceList, limits: ResourceList): string[] => [
  ...each(item.min, (n, v) => minimum(item.type, n, v, requests, limits)),
  ...each(item.max, (n, v) => maximum(item.type, n, v, requests, limits)),
  ...each(item.maxLimitRequestRatio, (n, v) => ratio(item.type, n, v, requests, limits)),
];

const each = (list: unknown, check: (name: string, enforced: string) => string | undefined): string[] =>
  Object.entries((list ?? {}) as ResourceList).flatMap(([name, value]) => check(name, value) ?? []);

const shown = (quantity: string): string => formatQuantity(parseQuantity(quantity));

function minimum(type: string, name: string, enforced: string, requests: ResourceList, limits: ResourceList): string | undefined {
  const head = `minimum ${name} usage per ${type} is ${shown(enforced)}`;
  const [request, limit] = [requests[name], limits[name]];
  if (request === undefined) return `${head}.  No request is specified`;
  if (compareQuantities(request, enforced) < 0) return `${head}, but request is ${shown(request)}`;
  return limit !== undefined && compareQuantities(limit, enforced) < 0 ? `${head}, but limit is ${shown(limit)}` : undefined;
}

function maximumRequest(type: string, name: string, enforced: string, requests: ResourceList): string | undefined {
  const head = `maximum ${name} usage per ${type} is ${shown(enforced)}`;
  const request = requests[name];
  if (request === undefined) return `${head}.  No request is specified`;
  return compareQuantities(request, enforced) > 0 ? `${head}, but request is ${shown(request)}` : undefined;
}

function maximum(type: string, name: string, enforced: string, requests: ResourceList, limits: ResourceList): string | undefined {
  const head = `maximum ${name} usage per ${type} is ${shown(enforced)}`;
  const [request, limit] = [requests[name], limits[name]];
  if (limit === undefined) return `${head}.  No limit is specified`;
  if (compareQuantities(limit, enforced) > 0) return `${head}, but limit is ${shown(limit)}`;
  return request !== undefined && compareQuantities(request, enforced) > 0 ? `${head}, but request is ${shown(request)}` : undefined;
}

function ratio(type: string, name: string, enforced: string, requests: ResourceList, limits: ResourceList): string | undefined {
  const head = `${name} max limit to request ratio per ${type} is ${shown(enforced)}`;
  const [request, limit] = [quantityMilli(requests[name] ?? '0'), quantityMilli(limits[name] ?? '0')];
  if (request === 0) return `${head}, but no request is specified or request is 0`;
  if (limit === 0) return `${head}, but no limit is specified or limit is 0`;
  const provided = limit / request;
  return provided * 1000 > quantityMilli(enforced) ? `${head}, but provided ratio is ${provided.toFixed(6)}` : undefined;
}
