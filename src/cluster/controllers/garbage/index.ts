import type { ResourceType } from '../../../api/client/api-client.ts';
import type { KubeObject, OwnerRef } from '../../../api/machinery/object.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import { type ControllerContext, type ControllerDefinition, defineController } from '../define-controller.ts';
import { forEachType, kindKey, kindKeyOf } from './known-types.ts';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

interface Item {
  readonly type: ResourceType;
  readonly object: KubeObject;
}

/** Who depends on whom, kept current from the caches of every type. */
class Graph {
  readonly types = new Map<string, ResourceType>();
  readonly byKey = new Map<string, ResourceType>();
  readonly dependents = new Map<string, Map<string, string>>();

  link(key: string, object: KubeObject): void {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const known = this.dependents.get(uid) ?? new Map<string, string>();
      this.dependents.set(uid, known.set(key, key));
    }
  }

  unlink(key: string, object: KubeObject): void {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const known = this.dependents.get(uid);
      known?.delete(key);
      if (known?.size === 0) this.dependents.delete(uid);
    }
  }

  of(uid: string): readonly string[] {
    return [...(this.dependents.get(uid)?.keys() ?? [])];
  }
}

export function garbageCollector(): ControllerDefinition {
  const graph = new Graph();
  return defineController({
    name: 'garbage-collector-controller',
    serviceAccount: 'generic-garbage-collector',
    watches: [],
    start: (context) => forEachType(context, (type) => observe(context, graph, type)),
    reconcile: (key, context) => collect(key, context, graph),
  });
}

const typeKey = (type: ResourceType) => `${type.group}/${type.resource}`;
const itemKey = (type: ResourceType, { metadata }: KubeObject) => `${typeKey(type)}|${metadata.namespace ?? ''}|${metadata.name ?? ''}`;

function observe(context: ControllerContext, graph: Graph, type: ResourceType): void {
  graph.types.set(kindKeyOf(type), type);
  graph.byKey.set(typeKey(type), type);
  const informer = context.informers.for(type);
  const take = (now: KubeObject | undefined, old: KubeObject | undefined) => {
    const object = now ?? old;
    if (!object) return;
    const key = itemKey(type, object);
    if (old && old.metadata.ownerReferences !== now?.metadata.ownerReferences) graph.unlink(key, old);
    if (now) graph.link(key, now);
    if (!now || old?.metadata.uid !== object.metadata.uid || now.metadata.deletionTimestamp) {
      if (old) for (const dependent of graph.of(old.metadata.uid ?? '')) context.requeueAfter(dependent, 0);
    }
    if (!now) {
      wakeOwners(context, graph, object);
      return;
    }
    if (now.metadata.ownerReferences?.length || isMarked(now)) context.requeueAfter(key, 0);
  };
  for (const object of informer.list()) take(object, undefined);
  informer.onChange(take);
}

const isMarked = ({ metadata }: KubeObject): boolean =>
  Boolean(metadata.deletionTimestamp) && (metadata.finalizers ?? []).some((finalizer) => finalizer === FOREGROUND || finalizer === ORPHAN);

/** An owner that waits for its dependents looks again when one is gone. */
function wakeOwners(context: ControllerContext, graph: Graph, { metadata }: KubeObject): void {
  for (const ref of metadata.ownerReferences ?? []) {
    const owner = ownerOf(context, graph, ref, metadata.namespace);
    if (owner && isMarked(owner.object)) context.requeueAfter(itemKey(owner.type, owner.object), 0);
  }
}

function itemOf({ informers }: ControllerContext, graph: Graph, key: string): Item | undefined {
  const [typed = '', namespace = '', name = ''] = key.split('|');
  const type = graph.byKey.get(typed);
  const object = type && informers.for(type).get(namespace, name);
  return type && object && { type, object };
}

function ownerOf({ informers }: ControllerContext, graph: Graph, ref: OwnerRef, namespace: string | undefined): Item | undefined {
  const type = graph.types.get(kindKey(ref.apiVersion, ref.kind));
  const object = type && informers.for(type).byUid(ref.uid);
  if (!type || !object || (type.namespaced && object.metadata.namespace !== namespace)) return undefined;
  return { type, object };
}

async function collect(key: string, context: ControllerContext, graph: Graph): Promise<void> {
  const item = itemOf(context, graph, key);
  if (!item) return;
  const { finalizers = [], deletionTimestamp } = item.object.metadata;
  if (deletionTimestamp && finalizers.includes(ORPHAN)) await orphanDependents(context, graph, item);
  else if (deletionTimestamp && finalizers.includes(FOREGROUND)) await deleteDependents(context, graph, item);
  else if (!deletionTimestamp) await judge(context, graph, item);
}

/** Deletes an object whose owners are all gone or going; forgets owners that are where others remain. */
async function judge(context: ControllerContext, graph: Graph, { type, object }: Item): Promise<void> {
  const { ownerReferences = [], namespace = '', name = '', uid = '', finalizers = [] } = object.metadata;
  if (ownerReferences.length === 0) return;
  const unknown = ownerReferences.some((ref) => !graph.types.has(kindKey(ref.apiVersion, ref.kind)));
  if (unknown) return;
  const states = await Promise.all(ownerReferences.map((ref) => stateOf(context, graph, ref, namespace)));
  if (states.includes('solid')) {
    const kept = ownerReferences.filter((_, i) => states[i] === 'solid');
    if (kept.length < ownerReferences.length) await patchOwners(context, { type, object }, kept);
    return;
  }
  const waits = states.includes('waiting') && graph.of(uid).length > 0;
  const propagationPolicy = waits || finalizers.includes(FOREGROUND) ? 'Foreground' : finalizers.includes(ORPHAN) ? 'Orphan' : 'Background';
  await ignoringGone(context.api.delete(type, namespace, name, { propagationPolicy, preconditions: { uid } }));
}

async function stateOf(context: ControllerContext, graph: Graph, ref: OwnerRef, namespace: string): Promise<'solid' | 'waiting' | 'gone'> {
  const owner = ownerOf(context, graph, ref, namespace);
  if (!owner) {
    const type = graph.types.get(kindKey(ref.apiVersion, ref.kind));
    if (type && !context.informers.for(type).synced) await context.informers.for(type).whenSynced;
    return ownerOf(context, graph, ref, namespace) ? 'solid' : 'gone';
  }
  const { deletionTimestamp, finalizers = [] } = owner.object.metadata;
  return deletionTimestamp && finalizers.includes(FOREGROUND) ? 'waiting' : 'solid';
}

async function deleteDependents(context: ControllerContext, graph: Graph, item: Item): Promise<void> {
  const uid = item.object.metadata.uid ?? '';
  let blocked = false;
  for (const key of graph.of(uid)) {
    const dependent = itemOf(context, graph, key);
    if (!dependent) continue;
    blocked ||= dependent.object.metadata.ownerReferences?.some((ref) => ref.uid === uid && ref.blockOwnerDeletion) ?? false;
    if (!dependent.object.metadata.deletionTimestamp) await judge(context, graph, dependent);
  }
  const remaining = graph.of(uid).some((key) => {
    const refs = itemOf(context, graph, key)?.object.metadata.ownerReferences;
    return refs?.some((ref) => ref.uid === uid && ref.blockOwnerDeletion);
  });
  if (!blocked || !remaining) await removeFinalizer(context, item, FOREGROUND);
}

async function orphanDependents(context: ControllerContext, graph: Graph, item: Item): Promise<void> {
  const uid = item.object.metadata.uid ?? '';
  for (const key of graph.of(uid)) {
    const dependent = itemOf(context, graph, key);
    if (dependent)
      await patchOwners(
        context,
        dependent,
        (dependent.object.metadata.ownerReferences ?? []).filter((ref) => ref.uid !== uid),
      );
  }
  await removeFinalizer(context, item, ORPHAN);
}

async function patchOwners({ api }: ControllerContext, { type, object }: Item, kept: readonly OwnerRef[]): Promise<void> {
  const { namespace = '', name = '', uid = '' } = object.metadata;
  const metadata = { uid, ownerReferences: kept.length > 0 ? kept : null };
  await ignoringGone(api.patch(type, namespace, name, 'merge', { metadata }));
}

async function removeFinalizer({ api, informers }: ControllerContext, { type, object }: Item, finalizer: string): Promise<void> {
  const { namespace = '', name = '', uid = '' } = object.metadata;
  const current = informers.for(type).get(namespace, name);
  if (!current || current.metadata.uid !== uid) return;
  const { resourceVersion = '', finalizers = [] } = current.metadata;
  const metadata = { resourceVersion, finalizers: finalizers.filter((other) => other !== finalizer) };
  await ignoringGone(api.patch(type, namespace, name, 'merge', { metadata }));
}

async function ignoringGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
