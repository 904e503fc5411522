import { CronJobs, Jobs } from '../../../api/kinds/resource-types.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { CronJobStatus, ObjectReference } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import { type ControllerContext, type ControllerDefinition, defineController, splitKey, watch, watchOwn } from '../define-controller.ts';
import { isJobFinished } from '../job/index.ts';
import type { CronJob, Job } from '../objects.ts';
import { controllerRef, isControlledBy, keyOfController } from '../workload/owner.ts';
import { isNamespaceTerminating, messageOf } from '../workload/pod-control.ts';
import { sameStatus } from '../workload/replicas.ts';
import { formatFor, nextTime, parseSchedule, type Schedule } from './schedule.ts';

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';
const DELTA_MS = 100;

export const cronJob: ControllerDefinition = defineController({
  name: 'cronjob-controller',
  watches: [watchOwn(CronJobs), watch(Jobs, (job) => keyOfController(job, 'CronJob'))],
  reconcile,
});

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const { informers, api } = context;
  const cron = informers.for(CronJobs).get(namespace, name);
  if (!cron) return;
  const jobs = informers
    .for(Jobs)
    .byIndex('owner', cron.metadata.uid ?? '')
    .filter((job) => isControlledBy(job, cron));
  await dropHistory(context, cron, jobs);
  const seen = observe(context, cron, jobs);
  const status = await runDue(key, context, cron, seen);
  const latest = informers.for(CronJobs).get(namespace, name);
  if (latest && !sameStatus(status, latest.status)) await api.updateStatus(CronJobs, { ...latest, status });
}

/** The status after looking at which jobs run and which have ended. */
function observe({ event }: ControllerContext, cron: CronJob, jobs: readonly Job[]): CronJobStatus {
  const before = cron.status?.active ?? [];
  let lastSuccessfulTime = cron.status?.lastSuccessfulTime;
  const active: ObjectReference[] = [];
  for (const job of jobs) {
    const wasActive = before.some(({ uid }) => uid === job.metadata.uid);
    if (!isJobFinished(job)) {
      active.push(before.find(({ uid }) => uid === job.metadata.uid) ?? referenceTo(job));
      continue;
    }
    const condition = job.status?.conditions?.find(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True');
    const ended = job.status?.completionTime;
    if (condition?.type === 'Complete' && ended && (!lastSuccessfulTime || ended > lastSuccessfulTime)) lastSuccessfulTime = ended;
    if (wasActive) event(cron, 'Normal', 'SawCompletedJob', `Saw completed job: ${job.metadata.name ?? ''}, condition: ${condition?.type ?? ''}`);
  }
  for (const { uid, name } of before) {
    if (!jobs.some(({ metadata }) => metadata.uid === uid)) event(cron, 'Normal', 'MissingJob', `Active job went missing: ${name ?? ''}`);
  }
  const { active: _, lastSuccessfulTime: __, ...rest } = cron.status ?? {};
  return { ...rest, ...(active.length > 0 ? { active } : {}), ...(lastSuccessfulTime ? { lastSuccessfulTime } : {}) };
}

const referenceTo = ({ metadata: { namespace = '', name = '', uid = '', resourceVersion = '' } }: Job): ObjectReference => ({
  kind: 'Job',
  namespace,
  name,
  uid,
  apiVersion: 'batch/v1',
  resourceVersion,
});

async function runDue(key: string, context: ControllerContext, cron: CronJob, status: CronJobStatus): Promise<CronJobStatus> {
  const { clock, event, requeueAfter } = context;
  if (cron.metadata.deletionTimestamp || cron.spec?.suspend) return status;
  const schedule = readSchedule(context, cron);
  if (!schedule) return status;
  const zone = cron.spec?.timeZone ?? 'UTC';
  const { due, missed } = mostRecent(cron, schedule, zone, clock.now());
  const next = nextTime(schedule, clock.now(), zone);
  if (next !== undefined) requeueAfter(key, next - clock.now() + DELTA_MS, { background: true });
  if (missed > 100) {
    event(cron, 'Warning', 'TooManyMissedTimes', 'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew');
  }
  if (due === undefined) return status;
  const deadline = cron.spec?.startingDeadlineSeconds;
  if (deadline !== undefined && due + deadline * 1000 < clock.now()) {
    event(cron, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${new Date(due).toUTCString().replace('GMT', 'UTC')}`);
    return status;
  }
  return start(context, cron, status, due);
}

function readSchedule({ event }: ControllerContext, cron: CronJob): Schedule | undefined {
  const { schedule = '', timeZone } = cron.spec ?? {};
  try {
    if (timeZone) formatFor(timeZone);
  } catch {
    event(cron, 'Warning', 'UnknownTimeZone', `invalid timeZone: "${timeZone ?? ''}": unknown time zone ${timeZone ?? ''}`);
    return undefined;
  }
  try {
    return parseSchedule(schedule);
  } catch (error) {
    event(cron, 'Warning', 'UnparseableSchedule', `unparseable schedule: "${schedule}" : ${messageOf(error)}`);
    return undefined;
  }
}

/** The latest moment that was due and not yet acted on, and how many there were. */
function mostRecent(cron: CronJob, schedule: Schedule, zone: string, now: number): { due: number | undefined; missed: number } {
  const { lastScheduleTime } = cron.status ?? {};
  let from = Date.parse(lastScheduleTime ?? cron.metadata.creationTimestamp ?? '');
  const deadline = cron.spec?.startingDeadlineSeconds;
  if (deadline !== undefined) from = Math.max(from, now - deadline * 1000);
  let due: number | undefined;
  let missed = 0;
  for (let at = nextTime(schedule, from, zone); at !== undefined && at <= now && missed < 10_000; at = nextTime(schedule, at, zone)) {
    due = at;
    missed++;
  }
  return { due, missed };
}

async function start(context: ControllerContext, cron: CronJob, status: CronJobStatus, due: number): Promise<CronJobStatus> {
  const { api, event, informers } = context;
  const policy = cron.spec?.concurrencyPolicy ?? 'Allow';
  const running = status.active ?? [];
  if (policy === 'Forbid' && running.length > 0) {
    event(cron, 'Normal', 'JobAlreadyActive', 'Not starting job because prior execution is running and concurrency policy is Forbid');
    return status;
  }
  if (policy === 'Replace') {
    for (const { namespace = '', name = '' } of running) {
      const job = informers.for(Jobs).get(namespace, name);
      if (job) await deleteJob(context, cron, job);
    }
  }
  const kept = policy === 'Replace' ? [] : running;
  try {
    const job = await api.create(Jobs, jobFor(cron, due));
    event(cron, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name ?? ''}`);
    return { ...status, active: [...kept, referenceTo(job)], lastScheduleTime: isoTime(due) };
  } catch (error) {
    if (isStatusError(error, 'AlreadyExists')) return { ...status, lastScheduleTime: isoTime(due) };
    if (isNamespaceTerminating(error)) return status;
    event(cron, 'Warning', 'FailedCreate', `Error creating job: ${messageOf(error)}`);
    throw error;
  }
}

function jobFor(cron: CronJob, due: number): Job {
  const { metadata, spec } = cron.spec?.jobTemplate ?? {};
  const name = `${cron.metadata.name ?? ''}-${Math.floor(due / 60_000)}`;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: cron.metadata.namespace ?? '',
      ...(metadata?.labels ? { labels: metadata.labels } : {}),
      annotations: { ...metadata?.annotations, [SCHEDULED_AT]: isoTime(due) },
      ownerReferences: [controllerRef(cron)],
    },
    ...(spec ? { spec } : {}),
  };
}

async function dropHistory(context: ControllerContext, cron: CronJob, jobs: readonly Job[]): Promise<void> {
  const ended = (type: string) =>
    jobs
      .filter(({ status }) => status?.conditions?.some((c) => c.type === type && c.status === 'True'))
      .sort((a, b) => Date.parse(a.status?.startTime ?? '') - Date.parse(b.status?.startTime ?? ''));
  const { successfulJobsHistoryLimit: successes = 3, failedJobsHistoryLimit: failures = 1 } = cron.spec ?? {};
  for (const [list, limit] of [[ended('Complete'), successes] as const, [ended('Failed'), failures] as const]) {
    for (const job of list.slice(0, Math.max(0, list.length - limit))) await deleteJob(context, cron, job);
  }
}

async function deleteJob({ api, event }: ControllerContext, cron: CronJob, { metadata }: Job): Promise<void> {
  try {
    await api.delete(Jobs, metadata.namespace ?? '', metadata.name ?? '', { propagationPolicy: 'Background' });
    event(cron, 'Normal', 'SuccessfulDelete', `Deleted job ${metadata.name ?? ''}`);
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
