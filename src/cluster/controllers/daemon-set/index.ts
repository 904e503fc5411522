import { DaemonSets, Nodes, Pods } from '../../../api/kinds/resource-types.ts';
import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import type { DaemonSetStatus } from '../../../api/schema/generated/types.ts';
import { type ControllerContext, type ControllerDefinition, defineController, keyOf, splitKey, watch, watchOwn } from '../define-controller.ts';
import { scaled } from '../deployment/arithmetic.ts';
import { currentRevision, truncateHistory } from '../history/revisions.ts';
import type { DaemonSet, Node, Pod } from '../objects.ts';
import { claim, keysOfOwners } from '../workload/claim.ts';
import { createPod, deletePod, isNamespaceTerminating, podFromTemplate } from '../workload/pod-control.ts';
import { isAvailable, isReady, nextAvailable } from '../workload/pod-state.ts';
import { sameStatus } from '../workload/replicas.ts';
import { fitOf, targetNode, templateFor } from './node-fit.ts';

const HASH = 'controller-revision-hash';
const GENERATION = 'pod-template-generation';

export const daemonSet: ControllerDefinition = defineController({
  name: 'daemonset-controller',
  serviceAccount: 'daemon-set-controller',
  watches: [
    watchOwn(DaemonSets),
    watch(Pods, (pod, old, informers) => keysOfOwners(pod, old, informers.for(DaemonSets), ({ spec }) => spec?.selector, 'DaemonSet')),
    watch(Nodes, (node, old, informers) => (old && !matters(node, old) ? [] : informers.for(DaemonSets).list().map(keyOf))),
  ],
  reconcile,
});

const matters = (now: Node, old: Node) => !deepEqual(now.metadata.labels, old.metadata.labels) || !deepEqual(now.spec, old.spec);

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const { informers, api, clock } = context;
  const set = informers.for(DaemonSets).get(namespace, name);
  if (!set || set.metadata.deletionTimestamp) return;
  const { current, all } = await currentRevision(context, {
    object: set,
    selector: set.spec?.selector,
    template: set.spec?.template ?? {},
    labels: set.spec?.template.metadata?.labels ?? {},
    limit: set.spec?.revisionHistoryLimit ?? 10,
    hashLabel: HASH,
  });
  const hash = current.metadata.labels?.[HASH] ?? '';
  const pods = await claim(context, Pods, set, set.spec?.selector);
  const nodes = informers.for(Nodes).list();
  const failure = await manage(context, set, { nodes, byNode: grouped(pods), hash });
  if (!failure) await rollOut(context, set, nodes, hash);
  const mine = grouped(informers.for(Pods).byIndex('owner', set.metadata.uid ?? ''));
  const status = statusOf(context, set, nodes, mine, hash);
  if (!sameCounts(status, set.status)) await api.updateStatus(DaemonSets, { ...set, status });
  const used = new Set([...mine.values()].flat().map(({ metadata }) => `${name}-${metadata.labels?.[HASH] ?? ''}`));
  await truncateHistory(context, all, used.add(current.metadata.name ?? ''), set.spec?.revisionHistoryLimit ?? 10);
  const at = nextAvailable([...mine.values()].flat(), set.spec?.minReadySeconds ?? 0, clock.now());
  if (at !== undefined) context.requeueAfter(key, at - clock.now());
  if (failure) throw failure;
}

type ByNode = ReadonlyMap<string, readonly Pod[]>;

function grouped(pods: readonly Pod[]): ByNode {
  const byNode = new Map<string, Pod[]>();
  for (const pod of pods) byNode.set(targetNode(pod), [...(byNode.get(targetNode(pod)) ?? []), pod]);
  return byNode;
}

interface Situation {
  readonly nodes: readonly Node[];
  readonly byNode: ByNode;
  readonly hash: string;
}

/** One pod on every node that should have one, none elsewhere; failed ones make way. */
async function manage(context: ControllerContext, set: DaemonSet, { nodes, byNode, hash }: Situation): Promise<unknown> {
  const labels = { [HASH]: hash, [GENERATION]: String(set.metadata.generation ?? 1) };
  const names = new Set(nodes.map(({ metadata }) => metadata.name ?? ''));
  try {
    for (const node of nodes) {
      const name = node.metadata.name ?? '';
      const pods = byNode.get(name) ?? [];
      const { shouldRun, mayStay } = fitOf(set, node);
      const failed = pods.filter(
        ({ status, metadata }) => !metadata.deletionTimestamp && (status?.phase === 'Failed' || status?.phase === 'Succeeded'),
      );
      if (shouldRun && pods.length === 0) {
        await createPod(context, podFromTemplate(templateFor(set.spec?.template ?? {}, labels, name), set), set);
      } else if (!mayStay) for (const pod of pods) await drop(context, set, pod);
      else {
        for (const pod of failed) await failAndDrop(context, set, pod, name);
        const live = pods.filter((pod) => !failed.includes(pod) && !pod.metadata.deletionTimestamp && !isSurging(pod, hash, pods));
        for (const pod of oldestFirst(live).slice(1)) await drop(context, set, pod);
      }
    }
    for (const [name, pods] of byNode) if (!names.has(name)) for (const pod of pods) await drop(context, set, pod);
    return undefined;
  } catch (error) {
    return isNamespaceTerminating(error) ? undefined : error;
  }
}

const oldestFirst = (pods: readonly Pod[]) =>
  [...pods].sort((a, b) => Date.parse(a.metadata.creationTimestamp ?? '') - Date.parse(b.metadata.creationTimestamp ?? ''));

/** During a surge the old pod stays until the new one is ready. */
const isSurging = (pod: Pod, hash: string, pods: readonly Pod[]): boolean =>
  pod.metadata.labels?.[HASH] === hash && pods.some((other) => other !== pod && other.metadata.labels?.[HASH] !== hash);

async function drop(context: ControllerContext, set: DaemonSet, pod: Pod): Promise<void> {
  if (!pod.metadata.deletionTimestamp) await deletePod(context, pod, set);
}

async function failAndDrop(context: ControllerContext, set: DaemonSet, pod: Pod, node: string): Promise<void> {
  const failed = pod.status?.phase === 'Failed';
  const name = `${pod.metadata.namespace ?? ''}/${pod.metadata.name ?? ''}`;
  const message = failed
    ? `Found failed daemon pod ${name} on node ${node}, will try to kill it`
    : `Found succeeded daemon pod ${name} on node ${node}, will try to delete it`;
  context.event(set, failed ? 'Warning' : 'Normal', failed ? 'FailedDaemonPod' : 'SucceededDaemonPod', message);
  await deletePod(context, pod, set);
}

/** Replaces pods of older templates, as many at a time as may be unavailable. */
async function rollOut(context: ControllerContext, set: DaemonSet, nodes: readonly Node[], hash: string): Promise<void> {
  if (set.spec?.updateStrategy?.type === 'OnDelete') return;
  const { informers, clock } = context;
  const byNode = grouped(informers.for(Pods).byIndex('owner', set.metadata.uid ?? ''));
  const wanted = nodes.filter((node) => fitOf(set, node).shouldRun).map(({ metadata }) => metadata.name ?? '');
  const { maxUnavailable = 1, maxSurge = 0 } = set.spec?.updateStrategy?.rollingUpdate ?? {};
  const surge = scaled(maxSurge, wanted.length, 'up');
  const allowed = scaled(maxUnavailable, wanted.length, 'up') || (surge === 0 ? 1 : 0);
  const isUp = (pod: Pod) => !pod.metadata.deletionTimestamp && isAvailable(pod, set.spec?.minReadySeconds ?? 0, clock.now());
  let unavailable = wanted.filter((node) => !(byNode.get(node) ?? []).some(isUp)).length;
  let surging = wanted.filter((node) => (byNode.get(node) ?? []).filter((pod) => !pod.metadata.deletionTimestamp).length > 1).length;
  for (const node of wanted) {
    const pods = byNode.get(node) ?? [];
    const old = pods.find((pod) => pod.metadata.labels?.[HASH] !== hash && !pod.metadata.deletionTimestamp);
    const fresh = pods.find((pod) => pod.metadata.labels?.[HASH] === hash && !pod.metadata.deletionTimestamp);
    if (!old) continue;
    if (surge > 0) {
      if (fresh ? isUp(fresh) : false) await deletePod(context, old, set);
      else if (!fresh && surging < surge) {
        surging++;
        const labels = { [HASH]: hash, [GENERATION]: String(set.metadata.generation ?? 1) };
        await createPod(context, podFromTemplate(templateFor(set.spec?.template ?? {}, labels, node), set), set);
      }
    } else if (!isUp(old)) await deletePod(context, old, set);
    else if (unavailable < allowed) {
      unavailable++;
      await deletePod(context, old, set);
    }
  }
}

function statusOf({ clock }: ControllerContext, set: DaemonSet, nodes: readonly Node[], byNode: ByNode, hash: string): DaemonSetStatus {
  const counts = { desired: 0, current: 0, mis: 0, ready: 0, available: 0, updated: 0 };
  for (const node of nodes) {
    const pods = oldestFirst((byNode.get(node.metadata.name ?? '') ?? []).filter(({ metadata }) => !metadata.deletionTimestamp));
    const [pod] = pods;
    if (!fitOf(set, node).shouldRun) {
      if (pod) counts.mis++;
      continue;
    }
    counts.desired++;
    if (!pod) continue;
    counts.current++;
    if (isReady(pod)) counts.ready++;
    if (isAvailable(pod, set.spec?.minReadySeconds ?? 0, clock.now())) counts.available++;
    if (pod.metadata.labels?.[HASH] === hash) counts.updated++;
  }
  return {
    currentNumberScheduled: counts.current,
    numberMisscheduled: counts.mis,
    desiredNumberScheduled: counts.desired,
    numberReady: counts.ready,
    observedGeneration: set.metadata.generation ?? 0,
    updatedNumberScheduled: counts.updated,
    numberAvailable: counts.available,
    numberUnavailable: counts.desired - counts.available,
  };
}

const sameCounts = (now: DaemonSetStatus, old: DaemonSetStatus | undefined): boolean => {
  const { collisionCount: _, conditions: __, ...counts } = old ?? {};
  return sameStatus(now, counts);
};
