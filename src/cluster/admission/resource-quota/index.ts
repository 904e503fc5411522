import type { KubeObject } from '../../../api/machinery/object.ts';
import { addQuantities, compareQuantities, formatQuantity, subtractQuantities } from '../../../api/machinery/quantity.ts';
import type { ResourceQuota } from '../../../api/schema/generated/types.ts';
import { type AdmissionRequest, type AdmissionView, defineAdmission } from '../admission-plugin.ts';
import { asPod } from '../pod-object.ts';
import type { ResourceList } from '../pod-resources.ts';
import { refuse } from '../refuse.ts';
import { inScopes } from './scopes.ts';
import { usageOf } from './usage.ts';

type Quota = KubeObject & ResourceQuota;

/** Refuses what would exceed a quota of the namespace, and books what does not. */
export const resourceQuota = defineAdmission({
  name: 'ResourceQuota',
  operations: ['CREATE', 'UPDATE'],
  validate: (request, view) => {
    const { object, resource, namespace, subresource, operation } = request;
    if (!object || !namespace || subresource || !resource.namespaced) return;
    if (operation === 'UPDATE' && !['services', 'persistentvolumeclaims'].includes(resource.resource)) return;
    const delta = requested(request, object);
    const quotas = (view.list('', 'resourcequotas', namespace) as unknown as readonly Quota[]).filter((quota) => inScopes(quota, object));
    const booked = quotas.map((quota) => ({ quota, used: checked(quota, delta, request, object) }));
    if (request.dryRun) return;
    for (const { quota, used } of booked) if (used) book(view, quota, used);
  },
});

function requested({ old, resource }: AdmissionRequest, object: KubeObject): ResourceList {
  const now = usageOf(object, resource);
  if (!old) return now;
  const before = usageOf(old, resource);
  const names = new Set([...Object.keys(now), ...Object.keys(before)]);
  return Object.fromEntries([...names].map((name) => [name, formatQuantity(subtractQuantities(now[name] ?? '0', before[name] ?? '0'))]));
}

/** The quota's use with this request in it; undefined when it takes nothing of what the quota limits. */
function checked({ metadata, status }: Quota, delta: ResourceList, request: AdmissionRequest, object: KubeObject): ResourceList | undefined {
  const hard = (status?.hard ?? {}) as ResourceList;
  const used = (status?.used ?? {}) as ResourceList;
  if (object.kind === 'Pod') requireSpecified(metadata.name ?? '', Object.keys(hard), object, request);
  const names = Object.keys(delta).filter((name) => hard[name] !== undefined && compareQuantities(delta[name] ?? '0', '0') !== 0);
  if (names.length === 0) return undefined;
  const after = Object.fromEntries(names.map((name) => [name, formatQuantity(addQuantities(used[name] ?? '0', delta[name] ?? '0'))]));
  const exceeded = names.filter(
    (name) => compareQuantities(delta[name] ?? '0', '0') > 0 && compareQuantities(after[name] ?? '0', hard[name] ?? '0') > 0,
  );
  if (exceeded.length === 0) return { ...used, ...after };
  const shown = (list: ResourceList) =>
    exceeded
      .toSorted()
      .map((name) => `${name}=${list[name] ?? '0'}`)
      .join(',');
  throw refuse(request, `exceeded quota: ${metadata.name}, requested: ${shown(delta)}, used: ${shown(used)}, limited: ${shown(hard)}`);
}

const COMPUTE = /^((requests|limits)\.)?(cpu|memory|ephemeral-storage)$/;

/** A quota on cpu or memory makes every container state its share. */
function requireSpecified(quota: string, limited: readonly string[], object: KubeObject, request: AdmissionRequest): void {
  const { spec } = asPod(object);
  const missing = limited
    .filter((name) => COMPUTE.test(name))
    .toSorted()
    .flatMap((name) => {
      const [which, key] = name.startsWith('limits.') ? (['limits', name.slice(7)] as const) : (['requests', name.replace('requests.', '')] as const);
      if ((spec.resources?.[which] as ResourceList | undefined)?.[key] !== undefined) return [];
      const lacking = [...spec.containers, ...(spec.initContainers ?? [])].filter(
        (c) => (c.resources?.[which] as ResourceList | undefined)?.[key] === undefined,
      );
      return lacking.length === 0 ? [] : [`${name} for: ${[...new Set(lacking.map((c) => c.name))].sort().join(',')}`];
    });
  if (missing.length > 0) throw refuse(request, `failed quota: ${quota}: must specify ${missing.join('; ')}`);
}

const book = (view: AdmissionView, quota: Quota, used: ResourceList): void =>
  view.record('', 'resourcequotas', { ...quota, status: { ...quota.status, used } } as KubeObject);
