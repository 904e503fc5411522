import { PersistentVolumeClaims, Pods, StatefulSets } from '../../../api/kinds/resource-types.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { PodTemplateSpec, StatefulSetStatus } from '../../../api/schema/generated/types.ts';
import { type ControllerContext, type ControllerDefinition, defineController, splitKey, watch, watchOwn } from '../define-controller.ts';
import { scaled } from '../deployment/arithmetic.ts';
import { currentRevision, truncateHistory } from '../history/revisions.ts';
import type { ControllerRevision, Pod, StatefulSet } from '../objects.ts';
import { claim, keysOfOwners } from '../workload/claim.ts';
import { isNamespaceTerminating, messageOf } from '../workload/pod-control.ts';
import { isAvailable, isFinished, isReady, nextAvailable } from '../workload/pod-state.ts';
import { sameStatus } from '../workload/replicas.ts';
import { claimsFor, firstOrdinal, HASH, ordinalOf, podName, statefulPod } from './pods.ts';

export const statefulSet: ControllerDefinition = defineController({
  name: 'statefulset-controller',
  watches: [
    watchOwn(StatefulSets),
    watch(Pods, (pod, old, informers) => keysOfOwners(pod, old, informers.for(StatefulSets), ({ spec }) => spec?.selector, 'StatefulSet')),
  ],
  reconcile,
});

interface Revisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
}

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const { informers, api, clock } = context;
  const set = informers.for(StatefulSets).get(namespace, name);
  if (!set) return;
  const template = set.spec?.template ?? {};
  const { matchLabels = {} } = set.spec?.selector ?? {};
  const limit = set.spec?.revisionHistoryLimit ?? 10;
  const owner = {
    object: set,
    selector: set.spec?.selector,
    template,
    labels: { ...template.metadata?.labels, ...matchLabels },
    limit,
    hashLabel: HASH,
  };
  if (set.metadata.deletionTimestamp) return;
  const { current: update, all } = await currentRevision(context, owner);
  const current = all.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
  await claim(context, Pods, set, set.spec?.selector);
  const turn = new Turn(context, set, { current, update });
  let failure: unknown;
  try {
    await turn.step();
  } catch (error) {
    if (!isNamespaceTerminating(error)) failure = error;
  }
  const status = turn.status();
  const latest = informers.for(StatefulSets).get(namespace, name);
  if (latest && !sameStatus(status, latest.status)) await api.updateStatus(StatefulSets, { ...latest, status });
  const used = new Set([status.currentRevision ?? '', status.updateRevision ?? '', ...turn.pods().map(revisionNameOf)]);
  await truncateHistory(context, all, used, limit);
  const at = nextAvailable(turn.pods(), set.spec?.minReadySeconds ?? 0, clock.now());
  if (at !== undefined) context.requeueAfter(key, at - clock.now());
  if (failure) throw failure;
}

const revisionNameOf = ({ metadata }: Pod) => metadata.labels?.[HASH] ?? '';

class Turn {
  #context: ControllerContext;
  #set: StatefulSet;
  #revisions: Revisions;

  constructor(context: ControllerContext, set: StatefulSet, revisions: Revisions) {
    this.#context = context;
    this.#set = set;
    this.#revisions = revisions;
  }

  pods(): readonly Pod[] {
    return this.#context.informers.for(Pods).byIndex('owner', this.#set.metadata.uid ?? '');
  }

  /** In order of ordinals: what is missing is made, what failed is made anew, what is too much goes; then the update goes on. */
  async step(): Promise<void> {
    const wanted = this.#ordinals();
    const isParallel = this.#set.spec?.podManagementPolicy === 'Parallel';
    for (const ordinal of wanted) {
      const ready = await this.#ensure(ordinal);
      if (!ready && !isParallel) return;
    }
    if (!(await this.#scaleDown(wanted, isParallel)) && !isParallel) return;
    if (this.#set.spec?.updateStrategy?.type !== 'OnDelete') await this.#updateOne(wanted);
  }

  #ordinals(): readonly number[] {
    const first = firstOrdinal(this.#set);
    return Array.from({ length: this.#set.spec?.replicas ?? 1 }, (_, i) => first + i);
  }

  #pod(ordinal: number): Pod | undefined {
    return this.pods().find(({ metadata }) => metadata.name === podName(this.#set, ordinal));
  }

  #isUp(pod: Pod): boolean {
    return isReady(pod) && !pod.metadata.deletionTimestamp && isAvailable(pod, this.#set.spec?.minReadySeconds ?? 0, this.#context.clock.now());
  }

  /** True when the ordinal's pod is there and available. */
  async #ensure(ordinal: number): Promise<boolean> {
    const pod = this.#pod(ordinal);
    if (pod && isFinished(pod)) {
      if (!pod.metadata.deletionTimestamp) {
        const what = pod.status?.phase === 'Failed' ? 'failed' : 'succeeded';
        const message = `StatefulSet ${this.#set.metadata.namespace ?? ''}/${this.#set.metadata.name ?? ''} is recreating ${what} Pod ${pod.metadata.name ?? ''}`;
        this.#context.event(
          this.#set,
          pod.status?.phase === 'Failed' ? 'Warning' : 'Normal',
          `Recreating${what === 'failed' ? 'Failed' : 'Terminated'}Pod`,
          message,
        );
        await this.#delete(pod);
      }
      return false;
    }
    if (pod) return this.#isUp(pod);
    await this.#create(ordinal);
    return false;
  }

  async #create(ordinal: number): Promise<void> {
    const { api, event, informers } = this.#context;
    const { name = '', namespace = '' } = this.#set.metadata;
    const pod = podName(this.#set, ordinal);
    for (const wanted of claimsFor(this.#set, ordinal)) {
      const claimed = wanted.metadata.name ?? '';
      if (informers.for(PersistentVolumeClaims).get(namespace, claimed)) continue;
      try {
        await api.create(PersistentVolumeClaims, wanted);
        event(this.#set, 'Normal', 'SuccessfulCreate', `Create Claim ${claimed} Pod ${pod} in StatefulSet ${name} success`);
      } catch (error) {
        event(
          this.#set,
          'Warning',
          'FailedCreate',
          `Create Claim ${claimed} for Pod ${pod} in StatefulSet ${name} failed error: ${messageOf(error)}`,
        );
        throw error;
      }
    }
    const { template, revision } = this.#templateFor(ordinal);
    try {
      await api.create(Pods, statefulPod(this.#set, ordinal, template, revision));
      event(this.#set, 'Normal', 'SuccessfulCreate', `Create Pod ${pod} in StatefulSet ${name} successful`);
    } catch (error) {
      if (isStatusError(error, 'AlreadyExists')) throw error;
      event(this.#set, 'Warning', 'FailedCreate', `Create Pod ${pod} in StatefulSet ${name} failed error: ${messageOf(error)}`);
      throw error;
    }
  }

  /** Below the partition, and before the update has come to it, an ordinal keeps the current revision's template. */
  #templateFor(ordinal: number): { template: PodTemplateSpec; revision: string } {
    const { current, update } = this.#revisions;
    const rolling = this.#set.spec?.updateStrategy?.type !== 'OnDelete';
    const partition = this.#set.spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
    const kept = rolling && ordinal - firstOrdinal(this.#set) < Math.max(partition, this.#set.status?.currentReplicas ?? 0);
    const old = kept && current !== update ? templateIn(current) : undefined;
    const chosen = old ? current : update;
    return { template: old ?? this.#set.spec?.template ?? {}, revision: chosen.metadata.name ?? '' };
  }

  async #scaleDown(wanted: readonly number[], isParallel: boolean): Promise<boolean> {
    const keep = new Set(wanted);
    const extra = this.pods()
      .filter((pod) => !keep.has(ordinalOf(this.#set, pod) ?? -1))
      .sort((a, b) => (ordinalOf(this.#set, b) ?? 0) - (ordinalOf(this.#set, a) ?? 0));
    for (const pod of extra) {
      if (!pod.metadata.deletionTimestamp) await this.#delete(pod);
      if (!isParallel) return false;
    }
    return extra.length === 0;
  }

  /** From the highest ordinal down, as many at a time as may be unavailable. */
  async #updateOne(wanted: readonly number[]): Promise<void> {
    const { partition = 0, maxUnavailable = 1 } = this.#set.spec?.updateStrategy?.rollingUpdate ?? {};
    const allowed = Math.max(1, scaled(maxUnavailable, wanted.length, 'up'));
    const first = firstOrdinal(this.#set);
    let unavailable = 0;
    for (const ordinal of [...wanted].reverse().filter((candidate) => candidate - first >= partition)) {
      const pod = this.#pod(ordinal);
      if (!pod) return;
      if (revisionNameOf(pod) !== this.#revisions.update.metadata.name && !pod.metadata.deletionTimestamp) {
        await this.#delete(pod);
        unavailable++;
      } else if (!this.#isUp(pod)) unavailable++;
      if (unavailable >= allowed) return;
    }
  }

  async #delete(pod: Pod): Promise<void> {
    const { api, event } = this.#context;
    const { namespace = '', name = '' } = pod.metadata;
    try {
      await api.delete(Pods, namespace, name);
      event(this.#set, 'Normal', 'SuccessfulDelete', `Delete Pod ${name} in StatefulSet ${this.#set.metadata.name ?? ''} successful`);
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) throw error;
    }
  }

  status(): StatefulSetStatus {
    const { clock } = this.#context;
    const pods = this.pods().filter((pod) => !isFinished(pod));
    const live = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
    const update = this.#revisions.update.metadata.name ?? '';
    const of = (revision: string) => live.filter((pod) => revisionNameOf(pod) === revision).length;
    const current = this.#revisions.current.metadata.name ?? '';
    const replicas = this.#set.spec?.replicas ?? 1;
    const isDone = of(update) === replicas && live.filter((pod) => isReady(pod)).length === replicas && pods.length === replicas;
    return {
      observedGeneration: this.#set.metadata.generation ?? 0,
      replicas: pods.length,
      readyReplicas: pods.filter(isReady).length,
      availableReplicas: pods.filter((pod) => isAvailable(pod, this.#set.spec?.minReadySeconds ?? 0, clock.now())).length,
      currentReplicas: isDone ? of(update) : of(current),
      updatedReplicas: of(update),
      currentRevision: isDone ? update : current,
      updateRevision: update,
      collisionCount: this.#set.status?.collisionCount ?? 0,
    };
  }
}

function templateIn({ data }: ControllerRevision): PodTemplateSpec | undefined {
  const spec = (data as { spec?: { template?: PodTemplateSpec & { $patch?: string } } } | undefined)?.spec;
  if (!spec?.template) return undefined;
  const { $patch: _, ...template } = spec.template;
  return template;
}
