import { humanDuration } from '../machinery/duration.ts';
import { formatLabelSelector } from '../machinery/labels.ts';
import type { Job, JobSpec, JobStatus } from '../schema/generated/types.ts';
import { defineKind, type RowContext } from './define-kind.ts';
import { jobLabels, validateJob, validateJobUpdate } from './job-validation.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { statusRules } from './status-rules.ts';
import { containerCells } from './table-cells.ts';
import { workloadWarnings } from './workload-warnings.ts';
import { orEmpty } from './zero-values.ts';

const MAX_INT32 = 2147483647;

export const job = defineKind<Job>({
  group: 'batch',
  version: 'v1',
  resource: 'jobs',
  nameRule: 'dns-subdomain',
  podTemplate: ['spec', 'template'],
  selectableFields: { 'status.successful': ({ status }) => String(status?.succeeded ?? 0) },
  defaults(object) {
    const spec = defaultJobSpec(orEmpty(object.spec));
    const { labels } = orEmpty(spec.template.metadata);
    const hasOwn = Object.keys(object.metadata.labels ?? {}).length > 0;
    return {
      ...object,
      metadata: labels && !hasOwn ? { ...object.metadata, labels } : object.metadata,
      spec,
      status: object.status ?? {},
    };
  },
  ...statusRules<Job>({}),
  prepareForCreate: (object) => ({ ...withGeneratedSelector(object), status: {} }),
  validate: validateJob,
  validateUpdate: validateJobUpdate,
  warnings: ({ metadata, spec }, old) =>
    workloadWarnings(metadata.name, spec?.template, ['spec', 'template'], old && { template: old.spec?.template }),
  row: ({ metadata, spec, status = {} }, context) => [
    metadata.name ?? '',
    statusWord(status, metadata.deletionTimestamp),
    completions(spec, status),
    elapsed(status, context),
    context.age(metadata.creationTimestamp),
    ...containerCells(spec?.template.spec?.containers),
    formatLabelSelector(spec?.selector),
  ],
});

/** A job's pods carry its uid and name, and unless its maker does so, the API server selects them by the uid. */
function withGeneratedSelector(object: Job): Job {
  const spec = orEmpty(object.spec);
  const { uid, name } = object.metadata;
  if (spec.manualSelector || !uid) return object;
  const template = orEmpty(spec.template);
  const labels = { ...template.metadata?.labels, ...jobLabels(uid, name ?? '') };
  const matchLabels = { ...spec.selector?.matchLabels, 'batch.kubernetes.io/controller-uid': uid };
  return {
    ...object,
    spec: { ...spec, selector: { ...spec.selector, matchLabels }, template: { ...template, metadata: { ...template.metadata, labels } } },
  };
}

export function defaultJobSpec(given: JobSpec): JobSpec {
  const spec = defaultJobTemplateSpec(given);
  return {
    ...spec,
    ...(spec.completions === undefined && spec.parallelism === undefined ? { completions: 1 } : {}),
    parallelism: spec.parallelism ?? 1,
    backoffLimit: spec.backoffLimit ?? (spec.backoffLimitPerIndex === undefined ? 6 : MAX_INT32),
    completionMode: spec.completionMode ?? 'NonIndexed',
    suspend: spec.suspend ?? false,
    podReplacementPolicy: spec.podReplacementPolicy ?? (spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed'),
    manualSelector: spec.manualSelector ?? false,
  };
}

/** What a cron job's template of a job gets: the pods' defaults, but none of a job's own. */
export function defaultJobTemplateSpec(spec: JobSpec): JobSpec {
  const { podFailurePolicy: policy } = spec;
  return {
    ...spec,
    template: defaultPodTemplate(spec.template),
    ...(policy
      ? {
          podFailurePolicy: {
            ...policy,
            rules: policy.rules?.map((rule) =>
              rule.onPodConditions ? { ...rule, onPodConditions: rule.onPodConditions.map((c) => ({ ...c, status: c.status || 'True' })) } : rule,
            ),
          },
        }
      : {}),
  };
}

function statusWord(status: JobStatus, deletionTimestamp: string | undefined): string {
  const holds = (type: string) => status.conditions?.find((c) => c.type === type)?.status === 'True';
  if (holds('Complete')) return 'Complete';
  if (holds('Failed')) return 'Failed';
  if (deletionTimestamp) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(holds) ?? 'Running';
}

function completions(spec: JobSpec | undefined, status: JobStatus): string {
  const succeeded = status.succeeded ?? 0;
  if (spec?.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec?.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function elapsed({ startTime, completionTime }: JobStatus, context: RowContext): string {
  if (!startTime) return '';
  return completionTime ? humanDuration(Date.parse(completionTime) - Date.parse(startTime)) : context.age(startTime);
}
