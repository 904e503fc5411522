import { ControllerRevisions } from '../../../api/kinds/resource-types.ts';
import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import type { JsonObject, KubeObject, LabelSelector } from '../../../api/machinery/object.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { PodTemplateSpec } from '../../../api/schema/generated/types.ts';
import type { ControllerContext } from '../define-controller.ts';
import { templateHash } from '../deployment/templates.ts';
import type { ControllerRevision } from '../objects.ts';
import { claim } from '../workload/claim.ts';
import { controllerRef } from '../workload/owner.ts';

/** An owner whose past templates are kept: DaemonSet or StatefulSet. */
export interface Versioned {
  readonly object: KubeObject;
  readonly selector: LabelSelector | undefined;
  readonly template: PodTemplateSpec;
  readonly labels: Readonly<Record<string, string>>;
  readonly limit: number;
  readonly hashLabel: string;
}

const dataOf = (template: PodTemplateSpec): JsonObject =>
  // Templates are JSON by origin.
  ({ spec: { template: { ...(template as unknown as JsonObject), $patch: 'replace' } } });

/** The revision that holds the current template, made or raised to newest where needed, and all there are, oldest first. */
export async function currentRevision(
  context: ControllerContext,
  owner: Versioned,
): Promise<{ current: ControllerRevision; all: readonly ControllerRevision[] }> {
  const { api } = context;
  const all = [...(await claim(context, ControllerRevisions, owner.object, owner.selector))].sort((a, b) => a.revision - b.revision);
  const data = dataOf(owner.template);
  const equal = all.findLast((revision) => deepEqual(revision.data, data));
  const newest = all.at(-1);
  if (equal && equal === newest) return { current: equal, all };
  const revision = (newest?.revision ?? 0) + 1;
  if (equal) {
    const current = await api.update(ControllerRevisions, { ...equal, revision });
    return { current, all: [...all.filter((other) => other !== equal), current] };
  }
  const current = await create(context, owner, data, revision);
  return { current, all: [...all, current] };
}

async function create({ api }: ControllerContext, owner: Versioned, data: JsonObject, revision: number): Promise<ControllerRevision> {
  const { name: ownerName = '', namespace = '' } = owner.object.metadata;
  for (let collisions = 0; ; collisions++) {
    const value = templateHash(owner.template, collisions);
    const labels = { ...owner.labels, [owner.hashLabel]: value };
    const name = `${ownerName}-${value}`;
    const metadata = { name, namespace, labels, ownerReferences: [controllerRef(owner.object)] };
    try {
      return await api.create(ControllerRevisions, { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, data, revision });
    } catch (error) {
      if (!isStatusError(error, 'AlreadyExists') || collisions > 10) throw error;
      const there = await api.get(ControllerRevisions, namespace, name);
      if (deepEqual(there.data, data)) return there;
    }
  }
}

/** Old revisions that nothing uses go, down to the limit. */
export async function truncateHistory(
  { api }: ControllerContext,
  all: readonly ControllerRevision[],
  used: ReadonlySet<string>,
  limit: number,
): Promise<void> {
  const unused = all.filter(({ metadata }) => !used.has(metadata.name ?? ''));
  for (const { metadata } of unused.slice(0, Math.max(0, unused.length - limit))) {
    await api.delete(ControllerRevisions, metadata.namespace ?? '', metadata.name ?? '');
  }
}
