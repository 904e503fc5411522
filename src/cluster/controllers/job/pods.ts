import type { EnvVar } from '../../../api/schema/generated/types.ts';
import type { Job, Pod } from '../objects.ts';
import { podFromTemplate } from '../workload/pod-control.ts';
import { INDEX, isIndexed } from './indexes.ts';

export const TRACKING = 'batch.kubernetes.io/job-tracking';
const ENV: EnvVar = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: `metadata.labels['${INDEX}']` } } };

export const isTracked = ({ metadata }: Pod): boolean => metadata.finalizers?.includes(TRACKING) ?? false;

/** A pod of the job; with its index in name, label, annotation, host name and environment where the job is indexed. */
export function jobPod(job: Job, index: number | undefined): Pod {
  const pod = podFromTemplate(job.spec?.template ?? {}, job);
  const tracked: Pod = { ...pod, metadata: { ...pod.metadata, finalizers: [...(pod.metadata.finalizers ?? []), TRACKING] } };
  if (!isIndexed(job) || index === undefined) return tracked;
  const mark = { [INDEX]: String(index) };
  const name = `${job.metadata.name ?? ''}-${index}`;
  const withEnv = <T extends { env?: readonly EnvVar[] }>(container: T): T =>
    container.env?.some((entry) => entry.name === ENV.name) ? container : { ...container, env: [...(container.env ?? []), ENV] };
  const spec = tracked.spec;
  return {
    ...tracked,
    metadata: {
      ...tracked.metadata,
      generateName: `${name}-`,
      labels: { ...tracked.metadata.labels, ...mark },
      annotations: { ...tracked.metadata.annotations, ...mark },
    },
    spec: {
      ...spec,
      hostname: name,
      containers: (spec?.containers ?? []).map(withEnv),
      ...(spec?.initContainers ? { initContainers: spec.initContainers.map(withEnv) } : {}),
    },
  };
}
