import type { ResourceType } from '../../../api/client/api-client.ts';
import type { Informer } from '../../../api/client/informer.ts';
import { selects } from '../../../api/machinery/labels.ts';
import type { KubeObject, LabelSelector } from '../../../api/machinery/object.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { ControllerContext } from '../define-controller.ts';
import { controllerOf, controllerRef, isControlledBy } from './owner.ts';

const ORPHANS = 'orphans';

/** Indexes objects without a controller by namespace, so that adopting looks at no others. */
export function indexOrphans<T extends KubeObject>(informer: Informer<T>): void {
  informer.addIndex(ORPHANS, (object) => (controllerOf(object) ? [] : [object.metadata.namespace ?? '']));
}

/** What a controller's object owns: keeps what its selector matches, adopts matching orphans, lets go of what matches no more. */
export async function claim<T extends KubeObject>(
  { api, informers }: Pick<ControllerContext, 'api' | 'informers'>,
  type: ResourceType<T>,
  owner: KubeObject,
  selector: LabelSelector | undefined,
): Promise<readonly T[]> {
  const informer = informers.for(type);
  indexOrphans(informer);
  const claimed: T[] = [];
  for (const object of informer.byIndex('owner', owner.metadata.uid ?? '')) {
    if (!isControlledBy(object, owner)) continue;
    if (selects(selector, object.metadata.labels)) claimed.push(object);
    else if (!owner.metadata.deletionTimestamp) await release({ api }, type, object, owner);
  }
  if (owner.metadata.deletionTimestamp) return claimed;
  for (const orphan of informer.byIndex(ORPHANS, owner.metadata.namespace ?? '')) {
    if (orphan.metadata.deletionTimestamp || !selects(selector, orphan.metadata.labels)) continue;
    const adopted = await adopt({ api }, type, orphan, owner);
    if (adopted) claimed.push(adopted);
  }
  return claimed;
}

async function adopt<T extends KubeObject>(
  { api }: Pick<ControllerContext, 'api'>,
  type: ResourceType<T>,
  { metadata: { namespace = '', name = '', uid } }: T,
  owner: KubeObject,
): Promise<T | undefined> {
  return ignoringGone(api.patch(type, namespace, name, 'strategic', { metadata: { ownerReferences: [controllerRef(owner)], uid } }));
}

async function release<T extends KubeObject>(
  { api }: Pick<ControllerContext, 'api'>,
  type: ResourceType<T>,
  { metadata: { namespace = '', name = '', uid } }: T,
  owner: KubeObject,
): Promise<void> {
  const ownerReferences = [{ $patch: 'delete', uid: owner.metadata.uid }];
  await ignoringGone(api.patch(type, namespace, name, 'strategic', { metadata: { ownerReferences, uid } }));
}

async function ignoringGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isStatusError(error, 'NotFound') || isStatusError(error, 'Invalid')) return undefined;
    throw error;
  }
}

/** Keys of the owners that might want an object: its controller, or for an orphan every one whose selector matches. */
export function keysOfOwners<O extends KubeObject>(
  object: KubeObject,
  old: KubeObject | undefined,
  owners: Informer<O>,
  selectorOf: (owner: O) => LabelSelector | undefined,
  kind: string,
): readonly string[] {
  const namespace = object.metadata.namespace ?? '';
  const keys = new Set<string>();
  for (const state of old ? [object, old] : [object]) {
    const owner = controllerOf(state);
    if (owner?.kind === kind) keys.add(`${namespace}/${owner.name}`);
  }
  if (!controllerOf(object)) {
    for (const owner of owners.list(namespace)) {
      if (selects(selectorOf(owner), object.metadata.labels)) keys.add(`${namespace}/${owner.metadata.name ?? ''}`);
    }
  }
  return [...keys];
}
