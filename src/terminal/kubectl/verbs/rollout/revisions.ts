import { semanticEqual } from '../../../../api/machinery/deep-equal.ts';
import { formatSelector, selectorFromObject } from '../../../../api/machinery/labels.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { applyStrategicMergePatch } from '../../../../api/machinery/strategic-merge-patch.ts';
import { kindSchema } from '../../../../api/schema/definitions.ts';
import type { ControllerRevision, LabelSelector, PodTemplateSpec, ReplicaSet } from '../../../../api/schema/generated/types.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import type { Info } from '../../resource/selection.ts';
import { changeCauseAnnotation } from '../../writing/record.ts';
import { revisionAnnotation } from './progress.ts';

/** One earlier or present state of a workload's pods. */
export interface Revision {
  readonly number: number;
  readonly cause: string;
  readonly template: PodTemplateSpec;
  /** What is printed with -o: the replica set, or the workload as it was. */
  readonly object: KubeObject;
  /** What brings it back: for daemon and stateful sets the recorded patch. */
  readonly patch?: unknown;
}

/** The revisions of a deployment's replica sets, or of the records of a daemon or stateful set, oldest first. */
export async function revisionsOf(kubectl: Invocation, { object }: Info): Promise<Revision[]> {
  const found = object.kind === 'Deployment' ? await replicaSets(kubectl, object) : await controllerRevisions(kubectl, object);
  return found.sort((a, b) => a.number - b.number);
}

export function requireHistory({ mapping }: Info, what: string): void {
  const type = mapping.group ? `${mapping.kind}.${mapping.group}` : mapping.kind;
  const known = mapping.group === 'apps' && ['Deployment', 'DaemonSet', 'StatefulSet'].includes(mapping.kind);
  if (!known) throw new UsageError(`no ${what} has been implemented for ${JSON.stringify(type)}`);
}

async function owned(kubectl: Invocation, object: KubeObject, resource: string): Promise<KubeObject[]> {
  const { selector } = object.spec as { selector: LabelSelector };
  const labelSelector = formatSelector(selectorFromObject(selector));
  const list = await kubectl.api.get(`/apis/apps/v1/namespaces/${object.metadata.namespace}/${resource}`, { labelSelector });
  const kind = list.kind.replace(/List$/, '');
  return (list.items as readonly KubeObject[])
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid, controller }) => controller && uid === object.metadata.uid))
    .map((item) => ({ ...item, apiVersion: list.apiVersion, kind }));
}

async function replicaSets(kubectl: Invocation, deployment: KubeObject): Promise<Revision[]> {
  const sets = await owned(kubectl, deployment, 'replicasets');
  return sets.flatMap((object) => {
    const { metadata, spec } = object as unknown as ReplicaSet;
    const number = Number(metadata?.annotations?.[revisionAnnotation] ?? Number.NaN);
    const template = spec?.template;
    if (Number.isNaN(number) || !template) return [];
    return [{ number, cause: metadata?.annotations?.[changeCauseAnnotation] ?? '', template, object }];
  });
}

async function controllerRevisions(kubectl: Invocation, workload: KubeObject): Promise<Revision[]> {
  const records = await owned(kubectl, workload, 'controllerrevisions');
  return records.flatMap((record) => {
    const { metadata, revision, data } = record as unknown as ControllerRevision;
    const patch = data as Record<string, unknown>;
    const object = applyStrategicMergePatch({ ...workload }, patch, kindSchema('apps', 'v1', workload.kind)) as KubeObject;
    const { template } = object.spec as { template: PodTemplateSpec };
    return [{ number: revision, cause: metadata?.annotations?.[changeCauseAnnotation] ?? '', template, object, patch }];
  });
}

const hashLabel = 'pod-template-hash';

export function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [hashLabel]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

export const sameTemplate = (a: PodTemplateSpec, b: PodTemplateSpec): boolean => semanticEqual(withoutHash(a), withoutHash(b));
