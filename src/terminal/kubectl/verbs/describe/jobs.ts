import { humanDuration } from '../../../../api/machinery/duration.ts';
import { formatSelector, selectorFromObject } from '../../../../api/machinery/labels.ts';
import type { CronJob, Job, LabelSelector } from '../../../../api/schema/generated/types.ts';
import { defineDescriber } from './describer.ts';
import { controlledBy, labelsAndAnnotations, longTime, nameAndNamespace } from './parts/metadata.ts';
import { describePodTemplate } from './parts/pod-template.ts';
import type { Writer } from './writer.ts';

const selectorText = (selector: LabelSelector | undefined): string => (selector ? formatSelector(selectorFromObject(selector)) : '');

export const job = defineDescriber<Job>({
  kind: 'Job',
  group: 'batch',
  describe(w, { metadata, spec, status }) {
    nameAndNamespace(w, metadata);
    w.line(0, 'Selector:', selectorText(spec?.selector));
    labelsAndAnnotations(w, metadata);
    controlledBy(w, metadata);
    if (spec?.parallelism !== undefined) w.line(0, 'Parallelism:', spec.parallelism);
    w.line(0, 'Completions:', spec?.completions ?? '<unset>');
    if (spec?.completionMode) w.line(0, 'Completion Mode:', spec.completionMode);
    if (spec?.suspend !== undefined) w.line(0, 'Suspend:', String(spec.suspend));
    if (spec?.backoffLimit !== undefined) w.line(0, 'Backoff Limit:', spec.backoffLimit);
    if (spec?.ttlSecondsAfterFinished !== undefined) w.line(0, 'TTL Seconds After Finished:', spec.ttlSecondsAfterFinished);
    jobTimes(w, status);
    if (spec?.activeDeadlineSeconds !== undefined) w.line(0, 'Active Deadline Seconds:', `${spec.activeDeadlineSeconds}s`);
    const ready = status?.ready === undefined ? '' : ` (${status.ready} Ready)`;
    w.line(0, 'Pods Statuses:', `${status?.active ?? 0} Active${ready} / ${status?.succeeded ?? 0} Succeeded / ${status?.failed ?? 0} Failed`);
    if (spec?.completionMode === 'Indexed') w.line(0, 'Completed Indexes:', cappedIndexes(status?.completedIndexes ?? ''));
    describePodTemplate(w, spec?.template);
  },
});

function jobTimes(w: Writer, status: Job['status']): void {
  if (status?.startTime) w.line(0, 'Start Time:', longTime(status.startTime));
  if (status?.completionTime) w.line(0, 'Completed At:', longTime(status.completionTime));
  if (status?.startTime && status.completionTime)
    w.line(0, 'Duration:', humanDuration(Date.parse(status.completionTime) - Date.parse(status.startTime)));
}

function cappedIndexes(indexes: string): string {
  if (!indexes) return '<none>';
  const end = indexes.indexOf(',', 50);
  return end < 0 ? indexes : `${indexes.slice(0, end + 1)}...`;
}

export const cronJob = defineDescriber<CronJob>({
  kind: 'CronJob',
  group: 'batch',
  describe(w, { metadata, spec, status }) {
    nameAndNamespace(w, metadata);
    labelsAndAnnotations(w, metadata);
    w.line(0, 'Schedule:', spec?.schedule);
    w.line(0, 'Concurrency Policy:', spec?.concurrencyPolicy);
    w.line(0, 'Suspend:', spec?.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False');
    w.line(0, 'Time Zone:', spec?.timeZone ?? '<unset>');
    w.line(0, 'Successful Job History Limit:', spec?.successfulJobsHistoryLimit ?? '<unset>');
    w.line(0, 'Failed Job History Limit:', spec?.failedJobsHistoryLimit ?? '<unset>');
    w.line(0, 'Starting Deadline Seconds:', spec?.startingDeadlineSeconds === undefined ? '<unset>' : `${spec.startingDeadlineSeconds}s`);
    const template = spec?.jobTemplate?.spec;
    w.line(0, 'Selector:', template?.selector ? selectorText(template.selector) : '<unset>');
    w.line(0, 'Parallelism:', template?.parallelism ?? '<unset>');
    w.line(0, 'Completions:', template?.completions ?? '<unset>');
    if (template?.activeDeadlineSeconds !== undefined) w.line(0, 'Active Deadline Seconds:', `${template.activeDeadlineSeconds}s`);
    describePodTemplate(w, template?.template);
    w.line(0, 'Last Schedule Time:', status?.lastScheduleTime ? longTime(status.lastScheduleTime) : '<unset>');
    w.line(0, 'Active Jobs:', (status?.active ?? []).map(({ name }) => name).join(', ') || '<none>');
  },
});
