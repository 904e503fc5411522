import { formatLabelSelector } from '../machinery/labels.ts';
import type { CronJob } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { defaultJobTemplateSpec } from './job.ts';
import { containerCells, NONE, UNSET, yesOrNo } from './table-cells.ts';
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
