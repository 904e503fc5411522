import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import type { PodTemplateSpec } from '../../../api/schema/generated/types.ts';
import { requireValid } from '../../apiserver/requirements.ts';
import { type AdmissionRequest, type AdmissionView, defineAdmission } from '../admission-plugin.ts';
import { asPod, type PodObject } from '../pod-object.ts';
import { refuse } from '../refuse.ts';
import type { CheckedPod, Violation } from './check.ts';
import { evaluate, type LevelVersion, labelFindings, policyOf, rank, shown } from './policy.ts';

/** Where a kind keeps its pod template. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = { CronJob: ['spec', 'jobTemplate', 'spec', 'template'], PodTemplate: ['template'] };

export const podSecurity = defineAdmission({
  name: 'PodSecurity',
  operations: ['CREATE', 'UPDATE'],
  resources: [
    'namespaces',
    'pods',
    'pods/ephemeralcontainers',
    'pods/resize',
    'podtemplates',
    'replicationcontrollers',
    'daemonsets.apps',
    'deployments.apps',
    'replicasets.apps',
    'statefulsets.apps',
    'jobs.batch',
    'cronjobs.batch',
  ],
  validate: (request, view) => {
    const { resource, object } = request;
    if (!object) return;
    if (resource.resource === 'namespaces') checkNamespace(request, object, view);
    else if (resource.resource === 'pods') checkPod(request, asPod(object), view);
    else warnOfTemplate(request, object, view);
  },
});

const labelsOf = ({ namespace }: AdmissionRequest, view: AdmissionView) => view.get('', 'namespaces', '', namespace)?.metadata.labels;

function checkPod(request: AdmissionRequest, pod: PodObject, view: AdmissionView): void {
  if (request.old && !isSignificant(pod, asPod(request.old), request.subresource)) return;
  const labels = labelsOf(request, view);
  const enforce = policyOf(labels, 'enforce');
  const found = evaluate(enforce, pod);
  if (found.length > 0) throw refuse(request, `violates PodSecurity ${JSON.stringify(shown(enforce))}: ${details(found)}`);
  warn(request, policyOf(labels, 'warn'), pod);
}

/** Of a running pod only the images and the debug containers can change what it may do. */
function isSignificant(pod: PodObject, old: PodObject, subresource: string): boolean {
  if (subresource === 'ephemeralcontainers') return true;
  const images = ({ spec }: PodObject) => [...spec.containers, ...(spec.initContainers ?? [])].map(({ image }) => image);
  const profiles = ({ metadata }: PodObject) => Object.entries(metadata.annotations ?? {}).filter(([key]) => key.startsWith('container.apparmor'));
  return (
    !deepEqual(images(pod), images(old)) ||
    !deepEqual(profiles(pod), profiles(old)) ||
    !deepEqual(pod.spec.ephemeralContainers, old.spec.ephemeralContainers)
  );
}

function warnOfTemplate(request: AdmissionRequest, object: KubeObject, view: AdmissionView): void {
  const path = TEMPLATES[object.kind] ?? ['spec', 'template'];
  const template = path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object) as PodTemplateSpec | undefined;
  if (!template?.spec) return;
  warn(request, policyOf(labelsOf(request, view), 'warn'), { metadata: template.metadata ?? {}, spec: template.spec });
}

function warn(request: AdmissionRequest, policy: LevelVersion, pod: CheckedPod): void {
  const found = evaluate(policy, pod);
  if (found.length > 0) request.warn(`would violate PodSecurity ${JSON.stringify(shown(policy))}: ${details(found)}`);
}

const details = (found: readonly Violation[]): string => found.map(({ reason, detail }) => (detail ? `${reason} (${detail})` : reason)).join(', ');

function checkNamespace(request: AdmissionRequest, object: KubeObject, view: AdmissionView): void {
  const { old } = request;
  const findings = labelFindings(object.metadata.labels);
  if (!old || !deepEqual(findings, labelFindings(old.metadata.labels))) requireValid(request.resource, object.metadata.name ?? '', findings);
  if (!old || request.subresource) return;
  const [now, before] = [policyOf(object.metadata.labels, 'enforce'), policyOf(old.metadata.labels, 'enforce')];
  if (deepEqual(now, before) || now.level === 'privileged') return;
  if (now.version === before.version && rank(now.level) < rank(before.level)) return;
  warnOfExistingPods(request, object.metadata.name ?? '', now, view);
}

function warnOfExistingPods(request: AdmissionRequest, namespace: string, policy: LevelVersion, view: AdmissionView): void {
  const found = new Map<string, string[]>();
  for (const object of view.list('', 'pods', namespace)) {
    const violations = evaluate(policy, asPod(object));
    if (violations.length === 0) continue;
    const text = violations.map(({ reason }) => reason).join(', ');
    found.set(text, [...(found.get(text) ?? []), object.metadata.name ?? '']);
  }
  if (found.size === 0) return;
  request.warn(`existing pods in namespace ${JSON.stringify(namespace)} violate the new PodSecurity enforce level ${JSON.stringify(shown(policy))}`);
  const lines = [...found].map(([text, [first, ...others]]) => `${first}${andOthers(others.length)}: ${text}`);
  for (const line of lines.sort()) request.warn(line);
}

const andOthers = (count: number): string => (count === 0 ? '' : count === 1 ? ' (and 1 other pod)' : ` (and ${count} other pods)`);
