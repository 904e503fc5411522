import type { Job, Pod } from '../objects.ts';
import { restarts } from '../workload/pod-state.ts';
import { judge } from './failure-policy.ts';
import { indexOf, isIndexed, parseIndexes } from './indexes.ts';

export interface Counts {
  readonly active: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly completedIndexes: ReadonlySet<number>;
  readonly failedIndexes: ReadonlySet<number>;
}

export interface Verdict {
  readonly type: 'Complete' | 'Failed';
  readonly reason: string;
  readonly message: string;
}

const failed = (reason: string, message: string): Verdict => ({ type: 'Failed', reason, message });

/** How the job ends, if it does now. */
export function outcomeOf(job: Job, pods: readonly Pod[], counts: Counts, now: number): Verdict | undefined {
  const { spec } = job;
  const condemned = pods.filter(({ status }) => status?.phase === 'Failed').map((pod) => judge(job, pod));
  const fatal = condemned.find(({ action }) => action === 'FailJob');
  if (fatal) return failed('PodFailurePolicy', fatal.message);
  if (spec?.backoffLimitPerIndex !== undefined) {
    if (spec.maxFailedIndexes !== undefined && counts.failedIndexes.size > spec.maxFailedIndexes) {
      return failed('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes');
    }
  } else if (counts.failed > (spec?.backoffLimit ?? 6) || restartsExceed(job, pods)) {
    return failed('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  }
  if (isPastDeadline(job, now)) return failed('DeadlineExceeded', 'Job was active longer than specified deadline');
  return success(job, counts);
}

function success(job: Job, counts: Counts): Verdict | undefined {
  const { spec } = job;
  const reached: Verdict = { type: 'Complete', reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' };
  const rule = (spec?.successPolicy?.rules ?? []).findIndex(({ succeededIndexes, succeededCount }) => {
    const wanted = succeededIndexes === undefined ? undefined : parseIndexes(succeededIndexes);
    const met = wanted ? [...wanted].filter((i) => counts.completedIndexes.has(i)).length : counts.completedIndexes.size;
    return met >= (succeededCount ?? wanted?.size ?? Number.POSITIVE_INFINITY);
  });
  if (rule >= 0) return { type: 'Complete', reason: 'SuccessPolicy', message: `Matched rules at index ${rule}` };
  if (spec?.completions === undefined) return counts.succeeded > 0 && counts.active === 0 ? reached : undefined;
  if (spec.backoffLimitPerIndex !== undefined && isIndexed(job)) {
    if (counts.failedIndexes.size > 0 && counts.failedIndexes.size + counts.completedIndexes.size >= spec.completions) {
      return failed('FailedIndexes', 'Job has failed indexes');
    }
  }
  return counts.succeeded >= spec.completions ? reached : undefined;
}

function restartsExceed({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec?.template.spec?.restartPolicy !== 'OnFailure') return false;
  const total = pods.filter(({ status }) => status?.phase === 'Running' || status?.phase === 'Pending').reduce((sum, pod) => sum + restarts(pod), 0);
  const limit = spec.backoffLimit ?? 6;
  return limit === 0 ? total > 0 : total >= limit;
}

/** When the job's activeDeadlineSeconds end. */
export function deadlineOf({ spec, status }: Job): number | undefined {
  if (spec?.activeDeadlineSeconds === undefined || spec.suspend || !status?.startTime) return undefined;
  return Date.parse(status.startTime) + spec.activeDeadlineSeconds * 1000;
}

function isPastDeadline(job: Job, now: number): boolean {
  const at = deadlineOf(job);
  return at !== undefined && now >= at;
}

/** Indexes that have failed more often than each may. */
export function failedIndexesOf(job: Job, pods: readonly Pod[], before: ReadonlySet<number>): ReadonlySet<number> {
  const limit = job.spec?.backoffLimitPerIndex;
  if (limit === undefined) return before;
  const all = new Set(before);
  const failures = new Map<number, number>();
  for (const pod of pods) {
    const index = indexOf(pod);
    if (index === undefined || pod.status?.phase !== 'Failed') continue;
    const { action } = judge(job, pod);
    if (action === 'FailIndex') all.add(index);
    if (action === 'Ignore') continue;
    failures.set(index, (failures.get(index) ?? 0) + 1);
    if ((failures.get(index) ?? 0) > limit) all.add(index);
  }
  return all;
}
