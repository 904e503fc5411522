import { deepEqual, semanticEqual } from '../../../machinery/deep-equal.ts';
import { type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../../../machinery/field-error.ts';
import { inclusiveRangeError } from '../../../machinery/names.ts';
import type { Affinity, Container, Pod, PodSpec, Toleration } from '../../../schema/generated/types.ts';
import { findings, root } from '../../field-checks.ts';
import { internalForm } from '../../internal-form.ts';
import { jsonDiff } from '../../unified-diff.ts';
import { imageWhitespace } from './containers.ts';
import { validatePodContent } from './index.ts';
import { validateTolerations } from './scheduling.ts';

const MAX_INT32 = 2147483647;
const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
];

export function validatePodUpdate(pod: Pod, old: Pod): FieldError[] {
  const [spec, before] = [pod.spec ?? { containers: [] }, old.spec ?? { containers: [] }];
  const path = root('spec');
  const errors = validatePodContent(pod);
  for (const list of ['containers', 'initContainers'] as const) {
    const [now, then] = [spec[list] ?? [], before[list] ?? []];
    if (now.length !== then.length) return [...errors, forbiddenField(path.child(list), 'pod updates may not add or remove containers')];
    errors.push(...images(now, path.child(list)));
  }
  const deadline = deadlineFindings(spec, before, path.child('activeDeadlineSeconds'));
  errors.push(...deadline.errors);
  if (deadline.stop) return errors;
  errors.push(...onlyAdded(spec.tolerations ?? [], before.tolerations ?? [], path.child('tolerations')));
  errors.push(...onlyRemovedGates(spec, before, path.child('schedulingGates')));
  if (semanticEqual(spec, before)) return errors;
  const gated = before.schedulingGates?.length ? gatedChanges(spec, before, path) : { errors: [], spec };
  errors.push(...gated.errors);
  const allowed = withAllowedChanges(gated.spec, before);
  if (!semanticEqual(allowed, before)) {
    const difference = jsonDiff(internalForm('PodSpec', before), internalForm('PodSpec', allowed));
    errors.push(forbiddenField(path, `pod updates may not change fields other than ${UPDATABLE.join(',')}\n${difference}`));
  }
  return errors;
}

const images = (containers: readonly Container[], path: FieldPath): FieldError[] =>
  containers.flatMap((container, i) => [
    ...(container.image ? [] : [required(path.index(i).child('image'))]),
    ...imageWhitespace(container, path.index(i)),
  ]);

function deadlineFindings(spec: PodSpec, before: PodSpec, path: FieldPath): { errors: FieldError[]; stop: boolean } {
  const [now, then] = [spec.activeDeadlineSeconds, before.activeDeadlineSeconds];
  if (now === undefined)
    return { errors: then === undefined ? [] : [invalidValue(path, null, 'must not update from a positive integer to nil value')], stop: false };
  if (now < 0 || now > MAX_INT32) return { errors: findings(path, now, [inclusiveRangeError(0, MAX_INT32)]), stop: true };
  if (then !== undefined && then < now) return { errors: [invalidValue(path, now, 'must be less than or equal to previous value')], stop: true };
  return { errors: [], stop: false };
}

/** The new spec with the old values where a change is allowed: what still differs is forbidden. */
function withAllowedChanges(spec: PodSpec, before: PodSpec): PodSpec {
  const sameImages = (list: readonly Container[], old: readonly Container[]) =>
    list.map((container, i) => {
      const image = old[i]?.image;
      return image === undefined ? container : { ...container, image };
    });
  const grace = before.terminationGracePeriodSeconds;
  const mayEndAtOnce = grace !== undefined && grace < 0 && spec.terminationGracePeriodSeconds === 1;
  const { activeDeadlineSeconds: _, schedulingGates: __, tolerations: ___, ...rest } = spec;
  return {
    ...rest,
    containers: sameImages(spec.containers ?? [], before.containers ?? []),
    ...(spec.initContainers ? { initContainers: sameImages(spec.initContainers, before.initContainers ?? []) } : {}),
    ...(before.activeDeadlineSeconds === undefined ? {} : { activeDeadlineSeconds: before.activeDeadlineSeconds }),
    ...(before.schedulingGates ? { schedulingGates: before.schedulingGates } : {}),
    ...(before.tolerations ? { tolerations: before.tolerations } : {}),
    ...(mayEndAtOnce ? { terminationGracePeriodSeconds: grace } : {}),
  };
}

function onlyAdded(tolerations: readonly Toleration[], before: readonly Toleration[], path: FieldPath): FieldError[] {
  const without = ({ tolerationSeconds: _, ...rest }: Toleration) => rest;
  const isKept = before.every((old) => tolerations.some((now) => deepEqual(without(now), without(old))));
  return isKept
    ? validateTolerations(tolerations, path)
    : [forbiddenField(path, 'existing toleration can not be modified except its tolerationSeconds')];
}

const onlyRemovedGates = (spec: PodSpec, before: PodSpec, path: FieldPath): FieldError[] =>
  (spec.schedulingGates ?? []).flatMap(({ name }, i) =>
    before.schedulingGates?.some((gate) => gate.name === name)
      ? []
      : [forbiddenField(path.index(i).child('name'), `only deletion is allowed, but found new scheduling gate '${name}'`)],
  );

/** A pod that waits at a gate may be told more narrowly where to run. */
function gatedChanges(spec: PodSpec, before: PodSpec, path: FieldPath): { errors: FieldError[]; spec: PodSpec } {
  const errors: FieldError[] = [];
  const [now, then] = [spec.nodeSelector ?? {}, before.nodeSelector ?? {}];
  for (const [key, value] of Object.entries(then))
    if (now[key] !== value)
      errors.push(invalidValue(path.child('nodeSelector'), now, 'only additions to nodeSelector are allowed (no mutations or deletions)'));
  const nodeAffinity = before.affinity?.nodeAffinity;
  const { nodeAffinity: _, ...others } = spec.affinity ?? {};
  const affinity: Affinity = { ...others, ...(nodeAffinity ? { nodeAffinity } : {}) };
  const { nodeSelector: __, affinity: ___, ...rest } = spec;
  return {
    errors,
    spec: {
      ...rest,
      ...(before.nodeSelector ? { nodeSelector: before.nodeSelector } : {}),
      ...(before.affinity || Object.keys(others).length > 0 ? { affinity } : {}),
    },
  };
}
