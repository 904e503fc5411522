import type { ResourceType } from '../../api/client/api-client.ts';
import { Namespaces, Pods } from '../../api/kinds/resource-types.ts';
import { deepEqual } from '../../api/machinery/deep-equal.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import { isStatusError } from '../../api/machinery/status-error.ts';
import type { NamespaceCondition } from '../../api/schema/generated/types.ts';
import { isoTime } from '../../clock/index.ts';
import { type ControllerContext, type ControllerDefinition, defineController, watchOwn } from './define-controller.ts';
import { forEachType } from './garbage/known-types.ts';
import type { Namespace } from './objects.ts';
import { withCondition } from './workload/conditions.ts';

const LOOK_AGAIN_MS = 1_000;

/** Empties namespaces that are being deleted, then lets them go. */
export function namespace(): ControllerDefinition {
  const types: ResourceType[] = [];
  return defineController({
    name: 'namespace-controller',
    watches: [watchOwn(Namespaces)],
    start: (context) =>
      forEachType(context, (type) => {
        if (type.namespaced) types.push(type);
      }),
    reconcile: (key, context) => reconcile(key, context, [...types, EVENTS, LEASES]),
  });
}

const EVENTS: ResourceType = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };
const LEASES: ResourceType = { group: 'coordination.k8s.io', version: 'v1', resource: 'leases', kind: 'Lease', namespaced: true };

async function reconcile(name: string, context: ControllerContext, types: readonly ResourceType[]): Promise<void> {
  const found = context.informers.for(Namespaces).get('', name);
  if (!found?.metadata.deletionTimestamp || !found.spec?.finalizers?.includes('kubernetes')) return;
  const remaining = await empty(context, name, types);
  const conditions = describe(found, remaining, isoTime(context.clock.now()));
  let current = found;
  if (!deepEqual(conditions, found.status?.conditions)) {
    current = await context.api.updateStatus(Namespaces, { ...found, status: { ...found.status, conditions } });
  }
  if (remaining.length > 0) {
    context.requeueAfter(name, LOOK_AGAIN_MS);
    return;
  }
  const spec = { ...current.spec, finalizers: (current.spec?.finalizers ?? []).filter((finalizer) => finalizer !== 'kubernetes') };
  await context.api.update(Namespaces, { ...current, spec }, { subresource: 'finalize' });
}

interface Left {
  readonly type: ResourceType;
  readonly objects: readonly KubeObject[];
}

/** Pods go before all else, so that what they use is there to their end. */
async function empty(context: ControllerContext, name: string, types: readonly ResourceType[]): Promise<readonly Left[]> {
  const pods = await emptyType(context, name, Pods);
  if (pods.objects.length > 0) return [pods];
  const left: Left[] = [];
  for (const type of types) left.push(await emptyType(context, name, type));
  return left.filter(({ objects }) => objects.length > 0);
}

async function emptyType({ api }: ControllerContext, name: string, type: ResourceType): Promise<Left> {
  const { items } = await listed(api.list(type, name));
  for (const { metadata } of items) {
    if (metadata.deletionTimestamp) continue;
    try {
      await api.delete(type, name, metadata.name ?? '', { propagationPolicy: 'Background' });
    } catch (error) {
      if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'MethodNotAllowed')) throw error;
    }
  }
  return { type, objects: items.length > 0 ? (await listed(api.list(type, name))).items : [] };
}

async function listed(call: Promise<{ items: readonly KubeObject[] }>): Promise<{ items: readonly KubeObject[] }> {
  try {
    return await call;
  } catch (error) {
    if (isStatusError(error, 'NotFound') || isStatusError(error, 'MethodNotAllowed')) return { items: [] };
    throw error;
  }
}

function describe(found: Namespace, remaining: readonly Left[], now: string): readonly NamespaceCondition[] {
  const finalizers = new Map<string, number>();
  for (const { objects } of remaining) {
    for (const { metadata } of objects) for (const f of metadata.finalizers ?? []) finalizers.set(f, (finalizers.get(f) ?? 0) + 1);
  }
  const kinds = remaining.map(({ type, objects }) => `${nameOf(type)} has ${objects.length} resource instances`).sort();
  const held = [...finalizers].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`).sort();
  const make = (type: string, isTrue: boolean, reason: string, message: string): NamespaceCondition => ({
    type,
    status: isTrue ? 'True' : 'False',
    lastTransitionTime: now,
    reason,
    message,
  });
  const all = [
    make('NamespaceDeletionDiscoveryFailure', false, 'ResourcesDiscovered', 'All resources successfully discovered'),
    make('NamespaceDeletionGroupVersionParsingFailure', false, 'ParsedGroupVersions', 'All legacy kube types successfully parsed'),
    make('NamespaceDeletionContentFailure', false, 'ContentDeleted', 'All content successfully deleted, may be waiting on finalization'),
    kinds.length > 0
      ? make('NamespaceContentRemaining', true, 'SomeResourcesRemain', `Some resources are remaining: ${kinds.join(', ')}`)
      : make('NamespaceContentRemaining', false, 'ContentRemoved', 'All content successfully removed'),
    held.length > 0
      ? make(
          'NamespaceFinalizersRemaining',
          true,
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${held.join(', ')}`,
        )
      : make('NamespaceFinalizersRemaining', false, 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'),
  ];
  return all.reduce<readonly NamespaceCondition[]>((list, condition) => withCondition(list, condition), found.status?.conditions ?? []);
}

const nameOf = ({ group, resource }: ResourceType) => `${resource}.${group}`;
