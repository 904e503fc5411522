import { type FieldError, type FieldPath, invalidValue, notSupported, required } from '../machinery/field-error.ts';
import { formatLabelSelector } from '../machinery/labels.ts';
import type { CronJob, CronJobSpec } from '../schema/generated/types.ts';
import { cronScheduleError, isTimeZone } from './cron-schedule.ts';
import { defineKind } from './define-kind.ts';
import { nonNegative, requiredOneOf, root } from './field-checks.ts';
import { invalidStruct, selectorForm } from './internal-form.ts';
import { defaultJobTemplateSpec } from './job.ts';
import { jobSpecFindings } from './job-validation.ts';
import { statusRules } from './status-rules.ts';
import { containerCells, NONE, UNSET, yesOrNo } from './table-cells.ts';
import { workloadWarnings } from './workload-warnings.ts';
import { orEmpty } from './zero-values.ts';

export const cronJob = defineKind<CronJob>({
  group: 'batch',
  version: 'v1',
  resource: 'cronjobs',
  nameRule: 'dns-subdomain',
  podTemplate: ['spec', 'jobTemplate', 'spec', 'template'],
  defaults(object) {
    const spec = orEmpty(object.spec);
    const jobTemplate = orEmpty(spec.jobTemplate);
    return {
      ...object,
      spec: {
        ...spec,
        schedule: spec.schedule ?? '',
        concurrencyPolicy: spec.concurrencyPolicy || 'Allow',
        suspend: spec.suspend ?? false,
        successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
        failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
        jobTemplate: { ...jobTemplate, metadata: jobTemplate.metadata ?? {}, spec: defaultJobTemplateSpec(orEmpty(jobTemplate.spec)) },
      },
      status: object.status ?? {},
    };
  },
  ...statusRules<CronJob>({}),
  validate: ({ metadata, spec }) => [
    ...validateSpec(orEmpty(spec), undefined, root('spec')),
    ...((metadata.name ?? '').length > 52 ? [invalidValue(root('metadata').child('name'), metadata.name, 'must be no more than 52 characters')] : []),
  ],
  validateUpdate: ({ spec }, old) => validateSpec(orEmpty(spec), old.spec, root('spec')),
  warnings: ({ metadata, spec }, old) =>
    workloadWarnings(
      metadata.name,
      spec?.jobTemplate.spec?.template,
      ['spec', 'jobTemplate', 'spec', 'template'],
      old && { template: old.spec?.jobTemplate.spec?.template },
    ),
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    spec?.schedule ?? '',
    spec?.timeZone ?? NONE,
    spec?.suspend === undefined ? UNSET : yesOrNo(spec.suspend),
    status?.active?.length ?? 0,
    status?.lastScheduleTime ? age(status.lastScheduleTime) : NONE,
    age(metadata.creationTimestamp),
    ...containerCells(spec?.jobTemplate.spec?.template.spec?.containers),
    formatLabelSelector(spec?.jobTemplate.spec?.selector),
  ],
});

function validateSpec(spec: CronJobSpec, old: CronJobSpec | undefined, path: FieldPath): FieldError[] {
  const template = path.child('jobTemplate', 'spec');
  const { selector, manualSelector } = orEmpty(spec.jobTemplate?.spec);
  return [
    ...(spec.schedule ? scheduleFindings(spec, old, path.child('schedule')) : [required(path.child('schedule'))]),
    ...nonNegative(path.child('startingDeadlineSeconds'), spec.startingDeadlineSeconds),
    ...(old?.timeZone === spec.timeZone && old ? [] : timeZoneFindings(spec.timeZone, path.child('timeZone'))),
    ...requiredOneOf(path.child('concurrencyPolicy'), spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace']),
    ...jobSpecFindings(orEmpty(spec.jobTemplate?.spec), template),
    ...(selector ? [invalidStruct(template.child('selector'), selectorForm(selector), '`selector` will be auto-generated')] : []),
    ...(manualSelector ? [notSupported(template.child('manualSelector'), manualSelector, ['nil', 'false'])] : []),
    ...nonNegative(path.child('successfulJobsHistoryLimit'), spec.successfulJobsHistoryLimit),
    ...nonNegative(path.child('failedJobsHistoryLimit'), spec.failedJobsHistoryLimit),
  ];
}

function scheduleFindings({ schedule, timeZone }: CronJobSpec, old: CronJobSpec | undefined, path: FieldPath): FieldError[] {
  const why = cronScheduleError(schedule);
  const errors = why === undefined ? [] : [invalidValue(path, schedule, why)];
  if (!schedule.includes('TZ')) return errors;
  if (!old?.schedule.includes('TZ'))
    return [...errors, invalidValue(path, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead')];
  return timeZone === undefined ? errors : [...errors, invalidValue(path, schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule')];
}

function timeZoneFindings(zone: string | undefined, path: FieldPath): FieldError[] {
  if (zone === undefined) return [];
  if (zone === '') return [invalidValue(path, zone, 'timeZone must be nil or non-empty string')];
  if (zone.toLowerCase() === 'local')
    return [invalidValue(path, zone, 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones')];
  return isTimeZone(zone) ? [] : [invalidValue(path, zone, `unknown time zone ${zone}`)];
}
