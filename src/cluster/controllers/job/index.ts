import { Jobs, Pods } from '../../../api/kinds/resource-types.ts';
import type { JobCondition, JobStatus } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import { type ControllerContext, type ControllerDefinition, defineController, splitKey, watch, watchOwn } from '../define-controller.ts';
import type { Job, Pod } from '../objects.ts';
import { claim, keysOfOwners } from '../workload/claim.ts';
import { conditionOf } from '../workload/conditions.ts';
import { inDeletionOrder } from '../workload/deletion-order.ts';
import { createPod, deletePod, isNamespaceTerminating } from '../workload/pod-control.ts';
import { isActive, isFinished, isReady } from '../workload/pod-state.ts';
import { sameStatus } from '../workload/replicas.ts';
import { judge } from './failure-policy.ts';
import { formatIndexes, indexOf, isIndexed, parseIndexes } from './indexes.ts';
import { type Counts, deadlineOf, failedIndexesOf, outcomeOf, type Verdict } from './outcome.ts';
import { isTracked, jobPod } from './pods.ts';
import { untrack } from './untrack.ts';

const FIRST_BACK_OFF_MS = 10_000;
const LAST_BACK_OFF_MS = 600_000;

export const job: ControllerDefinition = defineController({
  name: 'job-controller',
  watches: [watchOwn(Jobs), watch(Pods, (pod, old, informers) => keysOfOwners(pod, old, informers.for(Jobs), ({ spec }) => spec?.selector, 'Job'))],
  reconcile,
});

export const isJobFinished = ({ status }: Job): boolean =>
  (status?.conditions ?? []).some(({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True');

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const found = context.informers.for(Jobs).get(namespace, name);
  if (!found || found.spec?.managedBy === 'kueue') return;
  const pods = await claim(context, Pods, found, found.spec?.selector);
  if (found.metadata.deletionTimestamp || isJobFinished(found)) {
    await untrack(context, pods.filter(isTracked));
    return;
  }
  const turn = new Turn(context, found, pods);
  await turn.run(key);
}

/** Pods to count that were not counted yet. */
const isTerminal = (pod: Pod) => isFinished(pod) || Boolean(pod.metadata.deletionTimestamp);

class Turn {
  #context: ControllerContext;
  #job: Job;
  #pods: readonly Pod[];
  #conditions: readonly JobCondition[];
  /** What stopped pods from being made: thrown once the status is written. */
  #failure: unknown;

  constructor(context: ControllerContext, current: Job, pods: readonly Pod[]) {
    this.#context = context;
    this.#job = current;
    this.#pods = pods;
    this.#conditions = current.status?.conditions ?? [];
  }

  async run(key: string): Promise<void> {
    const { clock, requeueAfter } = this.#context;
    const startTime = this.#suspension();
    const current: Job = { ...this.#job, status: { ...this.#job.status, ...(startTime ? { startTime } : {}) } };
    const uncounted = this.#pods.filter((pod) => isTracked(pod) && isTerminal(pod));
    let counts = this.#count(uncounted);
    const target = conditionOf(this.#conditions, 'FailureTarget');
    const ended: Verdict | undefined =
      target?.status === 'True'
        ? { type: 'Failed', reason: target.reason ?? '', message: target.message ?? '' }
        : outcomeOf(current, this.#pods, counts, clock.now());
    if (ended) counts = await this.#end(ended, counts);
    else if (current.spec?.suspend) counts = await this.#deleteActive(this.#pods.filter(isActive), counts);
    else counts = await this.#adjust(current, counts, key);
    await this.#write(startTime, counts, uncounted.length > 0);
    await untrack(this.#context, uncounted);
    const deadline = deadlineOf(current);
    if (deadline !== undefined && !ended && deadline > clock.now()) requeueAfter(key, deadline - clock.now());
    if (this.#failure) throw this.#failure;
  }

  /** Says when the job was suspended or resumed; the time its run started, or undefined while suspended. */
  #suspension(): string | undefined {
    const { clock, event } = this.#context;
    const now = isoTime(clock.now());
    const before = conditionOf(this.#conditions, 'Suspended');
    if (this.#job.spec?.suspend) {
      if (before?.status !== 'True') {
        this.#set('Suspended', 'True', 'JobSuspended', 'Job suspended');
        event(this.#job, 'Normal', 'Suspended', 'Job suspended');
      }
      return undefined;
    }
    if (before?.status === 'True') {
      this.#set('Suspended', 'False', 'JobResumed', 'Job resumed');
      event(this.#job, 'Normal', 'Resumed', 'Job resumed');
      return now;
    }
    return this.#job.status?.startTime ?? now;
  }

  #set(type: string, status: string, reason: string, message: string): void {
    const now = isoTime(this.#context.clock.now());
    const condition = { type, status, lastProbeTime: now, lastTransitionTime: now, reason, message };
    this.#conditions = [...this.#conditions.filter((old) => old.type !== type), condition];
  }

  #count(uncounted: readonly Pod[]): Counts {
    const { status } = this.#job;
    const succeeded = uncounted.filter((pod) => pod.status?.phase === 'Succeeded');
    const failed = uncounted.filter((pod) => pod.status?.phase !== 'Succeeded' && judge(this.#job, pod).action !== 'Ignore');
    const completedIndexes = parseIndexes(status?.completedIndexes);
    for (const pod of succeeded) completedIndexes.add(indexOf(pod) ?? 0);
    const failedIndexes = failedIndexesOf(this.#job, this.#pods, parseIndexes(status?.failedIndexes));
    return {
      active: this.#pods.filter(isActive).length,
      succeeded: isIndexed(this.#job) ? completedIndexes.size : (status?.succeeded ?? 0) + succeeded.length,
      failed: (status?.failed ?? 0) + failed.length,
      completedIndexes: isIndexed(this.#job) ? completedIndexes : new Set(),
      failedIndexes,
    };
  }

  async #end({ type, reason, message }: Verdict, counts: Counts): Promise<Counts> {
    const early = type === 'Failed' ? 'FailureTarget' : 'SuccessCriteriaMet';
    if (!conditionOf(this.#conditions, early)) this.#set(early, 'True', reason, message);
    const left = this.#pods.filter(isActive);
    const after = await this.#deleteActive(left, counts);
    if (this.#pods.some((pod) => pod.metadata.deletionTimestamp && !isFinished(pod)) || left.length > 0) return after;
    this.#set(type, 'True', reason, message);
    const [kind, why, words] = type === 'Complete' ? (['Normal', 'Completed', 'Job completed'] as const) : (['Warning', reason, message] as const);
    this.#context.event(this.#job, kind, why, words);
    return after;
  }

  async #deleteActive(pods: readonly Pod[], counts: Counts): Promise<Counts> {
    for (const pod of pods) await deletePod(this.#context, pod, this.#job);
    return { ...counts, active: counts.active - pods.length };
  }

  /** As many pods as should run now, waiting after failures. */
  async #adjust(current: Job, counts: Counts, key: string): Promise<Counts> {
    const { clock, requeueAfter } = this.#context;
    const active = this.#pods.filter(isActive);
    const parallelism = current.spec?.parallelism ?? 1;
    const completions = current.spec?.completions;
    const open =
      completions === undefined ? (counts.succeeded > 0 ? active.length : parallelism) : completions - counts.succeeded - counts.failedIndexes.size;
    const wanted = Math.max(0, Math.min(open, parallelism));
    if (active.length > wanted) return this.#deleteActive(inDeletionOrder(active, new Map()).slice(0, active.length - wanted), counts);
    const terminating = this.#pods.filter((pod) => pod.metadata.deletionTimestamp && !isFinished(pod)).length;
    const missing = wanted - active.length - (current.spec?.podReplacementPolicy === 'Failed' ? terminating : 0);
    if (missing <= 0) return counts;
    const wait = this.#backOff(counts) - clock.now();
    if (wait > 0) {
      requeueAfter(key, wait);
      return counts;
    }
    try {
      let created = 0;
      for (const index of this.#openIndexes(current, counts, active, missing)) {
        await createPod(this.#context, jobPod(current, index), current);
        created++;
      }
      return { ...counts, active: counts.active + created };
    } catch (error) {
      if (!isNamespaceTerminating(error)) this.#failure = error;
      return counts;
    }
  }

  #openIndexes(current: Job, counts: Counts, active: readonly Pod[], missing: number): readonly (number | undefined)[] {
    if (!isIndexed(current)) return Array.from({ length: missing }, () => undefined);
    const taken = new Set(active.map(indexOf));
    const open: number[] = [];
    for (let i = 0; i < (current.spec?.completions ?? 0) && open.length < missing; i++) {
      if (!taken.has(i) && !counts.completedIndexes.has(i) && !counts.failedIndexes.has(i)) open.push(i);
    }
    return open;
  }

  /** Ten seconds after the latest failure, doubled for each before it since the last success. */
  #backOff({ failed }: Counts): number {
    const ends = (phase: string) => this.#pods.filter(({ status }) => status?.phase === phase).map(endOf);
    const lastSuccess = Math.max(0, ...ends('Succeeded'));
    const failures = ends('Failed').filter((at) => at >= lastSuccess);
    if (failed === 0 || failures.length === 0) return 0;
    return Math.max(...failures) + Math.min(LAST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (failures.length - 1));
  }

  async #write(startTime: string | undefined, counts: Counts, counted: boolean): Promise<void> {
    const { api, informers, clock } = this.#context;
    const { namespace = '', name = '' } = this.#job.metadata;
    const latest = informers.for(Jobs).get(namespace, name) ?? this.#job;
    const { startTime: _, completionTime, ...old } = latest.status ?? {};
    const pods = informers.for(Pods).byIndex('owner', this.#job.metadata.uid ?? '');
    const active = pods.filter(isActive);
    const isComplete = conditionOf(this.#conditions, 'Complete');
    const status: JobStatus = {
      ...old,
      ...(startTime ? { startTime } : {}),
      ...(isComplete ? { completionTime: completionTime ?? isoTime(clock.now()) } : {}),
      active: active.length,
      ready: active.filter(isReady).length,
      terminating: pods.filter((pod) => pod.metadata.deletionTimestamp && !isFinished(pod)).length,
      succeeded: counts.succeeded,
      failed: counts.failed,
      ...(isIndexed(this.#job) ? { completedIndexes: formatIndexes(counts.completedIndexes) } : {}),
      ...(this.#job.spec?.backoffLimitPerIndex === undefined ? {} : { failedIndexes: formatIndexes(counts.failedIndexes) }),
      uncountedTerminatedPods: {},
      ...(this.#conditions.length > 0 ? { conditions: this.#conditions } : {}),
    };
    if (counted || !sameStatus(status, latest.status)) await api.updateStatus(Jobs, { ...latest, status: tidy(status) });
  }
}

/** Zero counts are left out, except `ready` and `terminating`, which are pointers upstream. */
function tidy(status: JobStatus): JobStatus {
  const optional = ['active', 'succeeded', 'failed', 'completedIndexes'];
  return Object.fromEntries(Object.entries(status).filter(([key, value]) => !(optional.includes(key) && (value === 0 || value === ''))));
}

function endOf({ status, metadata }: Pod): number {
  const ends = (status?.containerStatuses ?? []).map(({ state }) => Date.parse(state?.terminated?.finishedAt ?? ''));
  const known = ends.filter((at) => !Number.isNaN(at));
  if (known.length > 0) return Math.max(...known);
  return Date.parse(status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? metadata.creationTimestamp ?? '');
}
