import { FieldPath, notSupported, required } from '../../../api/machinery/field-error.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { badRequest, conflict, StatusError } from '../../../api/machinery/status-error.ts';
import type { Binding, Pod } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import { decodeAs } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { commitUpdate } from '../verbs/commit.ts';
import { stored } from '../verbs/read.ts';

/** Assigns a pod to a node, once. */
export function bindPod(context: ServerContext, rr: ResourceRequest): Result {
  const { metadata, target } = decodeAs(rr, { group: '', version: 'v1', kind: 'Binding' }) as unknown as Binding;
  if ((metadata?.name ?? '') !== rr.info.name) throw badRequest('name in URL does not match name in Binding object');
  refuseTarget(target);
  const old = stored(context, rr);
  const pod = old as KubeObject & Pod;
  const refuse = (why: string) => conflict({ group: '', resource: 'pods/binding' }, rr.info.name, why);
  if (metadata?.uid && metadata.uid !== old.metadata.uid) {
    throw refuse(`Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${old.metadata.uid}`);
  }
  if (old.metadata.deletionTimestamp) throw refuse(`pod ${rr.info.name} is being deleted, cannot be assigned to a host`);
  if (pod.spec?.nodeName) throw refuse(`pod ${rr.info.name} is already assigned to node "${pod.spec.nodeName}"`);
  if ((pod.spec?.schedulingGates ?? []).length > 0) throw refuse(`pod ${rr.info.name} has non-empty .spec.schedulingGates`);
  commitUpdate(context, rr, bound(pod, target.name ?? '', metadata?.annotations, isoTime(context.clock.now())), old);
  return { shape: 'raw', status: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
}

/** Upstream answers these findings bare, not as an invalid object. */
function refuseTarget(target: Partial<Binding['target']> | undefined): void {
  const path = new FieldPath('target');
  const kind = target?.kind ?? '';
  const findings = [
    ...(kind !== '' && kind !== 'Node' ? [notSupported(path.child('kind'), kind, ['Node', '<empty>'])] : []),
    ...(target?.name ? [] : [required(path.child('name'))]),
  ].map(({ field, message }) => `${field}: ${message}`);
  if (findings.length === 0) return;
  throw new StatusError({ code: 500, reason: '', message: findings.length === 1 ? (findings[0] ?? '') : `[${findings.join(', ')}]` });
}

function bound(pod: KubeObject & Pod, nodeName: string, annotations: Readonly<Record<string, string>> | undefined, now: string): KubeObject {
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  const scheduled = { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: now };
  return {
    ...pod,
    metadata: { ...pod.metadata, ...(annotations ? { annotations: { ...pod.metadata.annotations, ...annotations } } : {}) },
    spec: { ...pod.spec, nodeName },
    status: { ...pod.status, conditions: [...others, scheduled] },
  };
}
