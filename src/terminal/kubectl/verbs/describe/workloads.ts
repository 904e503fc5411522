import { formatLabelSelector, formatSelector, selectorFromObject, selectorFromSet } from '../../../../api/machinery/labels.ts';
import type {
  DaemonSet,
  Deployment,
  LabelSelector,
  PersistentVolumeClaim,
  Pod,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../../../../api/schema/generated/types.ts';
import { defineDescriber, type Look } from './describer.ts';
import { classOf } from './parts/claim.ts';
import {
  annotationsMultiline,
  controlledBy,
  goList,
  labelsAndAnnotations,
  labelsInline,
  labelsMultiline,
  longTime,
  nameAndNamespace,
} from './parts/metadata.ts';
import { describePodTemplate } from './parts/pod-template.ts';
import { replicaSetsOf } from './parts/replica-sets.ts';
import type { Writer } from './writer.ts';

const selectorText = (selector: LabelSelector | undefined): string => (selector ? formatSelector(selectorFromObject(selector)) : '');

/** How many pods of a controller are in which phase. */
async function podCounts(look: Look, owner: { metadata?: { namespace?: string; uid?: string } }, labelSelector: string): Promise<string> {
  const list = await look.kubectl.api.get(`/api/v1/namespaces/${owner.metadata?.namespace}/pods`, { labelSelector });
  const own = (list.items as unknown as readonly Pod[]).filter(({ metadata }) =>
    metadata?.ownerReferences?.some(({ controller, uid }) => controller && uid === owner.metadata?.uid),
  );
  const count = (phase: string) => own.filter(({ status }) => status?.phase === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}

type Conditions = readonly { readonly type?: string; readonly status?: string; readonly reason?: string }[] | undefined;

function conditions(w: Writer, list: Conditions): void {
  if (!list?.length) return;
  w.line(0, 'Conditions:');
  w.line(1, 'Type', 'Status', 'Reason');
  w.line(1, '----', '------', '------');
  for (const { type, status, reason } of list) w.line(1, `${type} `, status, reason);
}

export const deployment = defineDescriber<Deployment>({
  kind: 'Deployment',
  group: 'apps',
  async describe(w, object, look) {
    const { metadata, spec, status } = object;
    nameAndNamespace(w, metadata);
    w.line(0, 'CreationTimestamp:', longTime(metadata?.creationTimestamp));
    labelsAndAnnotations(w, metadata);
    w.line(0, 'Selector:', selectorText(spec?.selector));
    const numbers = [
      [spec?.replicas, 'desired'],
      [status?.updatedReplicas, 'updated'],
      [status?.replicas, 'total'],
      [status?.availableReplicas, 'available'],
      [status?.unavailableReplicas, 'unavailable'],
    ] as const;
    w.line(0, 'Replicas:', numbers.map(([number, word]) => `${number ?? 0} ${word}`).join(' | '));
    w.line(0, 'StrategyType:', spec?.strategy?.type);
    w.line(0, 'MinReadySeconds:', spec?.minReadySeconds ?? 0);
    const rolling = spec?.strategy?.rollingUpdate;
    if (rolling) w.line(0, 'RollingUpdateStrategy:', `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`);
    describePodTemplate(w, spec?.template);
    conditions(w, status?.conditions);
    const { current, old } = await replicaSetsOf(look.kubectl, object);
    if (!current && old.length === 0) return;
    w.line(0, 'OldReplicaSets:', replicaSetList(old));
    w.line(0, 'NewReplicaSet:', replicaSetList(current ? [current] : []));
  },
});

const replicaSetList = (sets: readonly ReplicaSet[]): string =>
  sets.map(({ metadata, spec, status }) => `${metadata?.name} (${status?.replicas ?? 0}/${spec?.replicas ?? 0} replicas created)`).join(', ') ||
  '<none>';

export const replicaSet = defineDescriber<ReplicaSet>({
  kind: 'ReplicaSet',
  group: 'apps',
  async describe(w, object, look) {
    const { metadata, spec, status } = object;
    nameAndNamespace(w, metadata);
    w.line(0, 'Selector:', formatLabelSelector(spec?.selector));
    labelsAndAnnotations(w, metadata);
    controlledBy(w, metadata);
    w.line(0, 'Replicas:', `${status?.replicas ?? 0} current / ${spec?.replicas ?? 0} desired`);
    w.line(0, 'Pods Status:', await podCounts(look, object, selectorText(spec?.selector)));
    describePodTemplate(w, spec?.template);
    conditions(w, status?.conditions);
  },
});

export const replicationController = defineDescriber<ReplicationController>({
  kind: 'ReplicationController',
  group: '',
  async describe(w, object, look) {
    const { metadata, spec, status } = object;
    nameAndNamespace(w, metadata);
    w.line(0, 'Selector:', labelsInline(spec?.selector));
    labelsAndAnnotations(w, metadata);
    w.line(0, 'Replicas:', `${status?.replicas ?? 0} current / ${spec?.replicas ?? 0} desired`);
    w.line(0, 'Pods Status:', await podCounts(look, object, formatSelector(selectorFromSet(spec?.selector))));
    describePodTemplate(w, spec?.template);
    conditions(w, status?.conditions);
  },
});

export const daemonSet = defineDescriber<DaemonSet>({
  kind: 'DaemonSet',
  group: 'apps',
  async describe(w, object, look) {
    const { metadata, spec, status } = object;
    nameAndNamespace(w, metadata);
    w.line(0, 'Selector:', selectorText(spec?.selector));
    w.line(0, 'Node-Selector:', labelsInline(spec?.template?.spec?.nodeSelector));
    labelsAndAnnotations(w, metadata);
    w.line(0, `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}`);
    w.line(0, `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}`);
    w.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`);
    w.line(0, `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`);
    w.line(0, `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}`);
    w.line(0, 'Pods Status:', await podCounts(look, object, selectorText(spec?.selector)));
    describePodTemplate(w, spec?.template);
  },
});

export const statefulSet = defineDescriber<StatefulSet>({
  kind: 'StatefulSet',
  group: 'apps',
  async describe(w, object, look) {
    const { metadata, spec, status } = object;
    nameAndNamespace(w, metadata);
    w.line(0, 'CreationTimestamp:', longTime(metadata?.creationTimestamp));
    w.line(0, 'Selector:', selectorText(spec?.selector));
    labelsAndAnnotations(w, metadata);
    w.line(0, 'Replicas:', `${spec?.replicas ?? 0} desired | ${status?.replicas ?? 0} total`);
    w.line(0, 'Update Strategy:', spec?.updateStrategy?.type);
    const rolling = spec?.updateStrategy?.rollingUpdate;
    if (rolling?.partition !== undefined) {
      w.line(1, 'Partition:', rolling.partition);
      if (rolling.maxUnavailable !== undefined) w.line(1, 'MaxUnavailable:', String(rolling.maxUnavailable));
    }
    w.line(0, 'Pods Status:', await podCounts(look, object, selectorText(spec?.selector)));
    describePodTemplate(w, spec?.template);
    claimTemplates(w, spec?.volumeClaimTemplates);
  },
});

function claimTemplates(w: Writer, templates: readonly PersistentVolumeClaim[] | undefined): void {
  if (!templates?.length) {
    w.line(0, 'Volume Claims:', '<none>');
    return;
  }
  w.line(0, 'Volume Claims:');
  for (const claim of templates) {
    w.line(1, 'Name:', claim.metadata?.name);
    w.line(1, 'StorageClass:', classOf(claim));
    labelsMultiline(w, 'Labels', claim.metadata?.labels, '  ');
    if (Object.keys(claim.metadata?.annotations ?? {}).length === 0) annotationsMultiline(w, 'Annotations', {}, 1);
    else labelsMultiline(w, 'Annotations', claim.metadata?.annotations, '  ');
    w.line(1, 'Capacity:', String(claim.spec?.resources?.requests?.storage ?? '<default>'));
    w.line(1, 'Access Modes:', goList(claim.spec?.accessModes));
  }
}
