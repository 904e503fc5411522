import { isoTime } from '../../../clock/index.ts';
import { deepEqual } from '../../machinery/deep-equal.ts';
import { type FieldError, forbiddenField, invalidValue } from '../../machinery/field-error.ts';
import type { Container, Pod, PodSpec } from '../../schema/generated/types.ts';
import type { KindDefinition, StrategyContext, SubresourceRules } from '../define-kind.ts';
import { root } from '../field-checks.ts';
import { internalForm } from '../internal-form.ts';
import { withStatusOf } from '../status-rules.ts';
import { jsonDiff } from '../unified-diff.ts';
import { orEmpty } from '../zero-values.ts';
import { qosClass } from './qos.ts';
import { validatePodContent } from './validation/index.ts';

type Prepare = Pick<KindDefinition<Pod>, 'prepareForCreate' | 'prepareForUpdate'>;

export const preparePod: Prepare = {
  prepareForCreate(pod, { clock }: StrategyContext) {
    const gated = (pod.spec?.schedulingGates?.length ?? 0) > 0;
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'SchedulingGated',
      message: 'Scheduling is blocked due to non-empty scheduling gates',
      lastTransitionTime: isoTime(clock.now()),
    };
    return { ...pod, status: { phase: 'Pending', qosClass: qosClass(pod), ...(gated ? { conditions: [condition] } : {}) } };
  },
  prepareForUpdate(pod, old, context) {
    const { subresource } = context;
    return subresource === '' ? withStatusOf(pod, old) : (podSubresources[subresource]?.prepareForUpdate?.(pod, old, context) ?? pod);
  },
};

export const podSubresources: Readonly<Record<string, SubresourceRules<Pod>>> = {
  status: {
    prepareForUpdate: (pod, old) => ({ ...pod, spec: orEmpty(old.spec), status: { qosClass: old.status?.qosClass, ...pod.status } }),
    validateUpdate: () => [],
  },
  ephemeralcontainers: {
    prepareForUpdate(pod, old) {
      const { ephemeralContainers } = pod.spec ?? {};
      const { ephemeralContainers: _, ...spec } = orEmpty(old.spec);
      return { ...old, metadata: pod.metadata, spec: { ...spec, ...(ephemeralContainers ? { ephemeralContainers } : {}) } };
    },
    validateUpdate: ephemeralUpdate,
  },
  resize: { prepareForUpdate: resized, validateUpdate: validateResize },
};

function ephemeralUpdate(pod: Pod, old: Pod): FieldError[] {
  const path = root('spec').child('ephemeralContainers');
  const now = new Map((pod.spec?.ephemeralContainers ?? []).map((container) => [container.name, container]));
  const changed = (old.spec?.ephemeralContainers ?? []).flatMap((before) => {
    const container = now.get(before.name);
    const name = JSON.stringify(before.name);
    if (!container) return [forbiddenField(path, `existing ephemeral containers ${name} may not be removed\n`)];
    if (deepEqual(container, before)) return [];
    const difference = jsonDiff(internalForm('EphemeralContainer', before), internalForm('EphemeralContainer', container));
    return [forbiddenField(path, `existing ephemeral containers ${name} may not be changed\n${difference}`)];
  });
  return [...validatePodContent(pod), ...changed];
}

/** Only the containers' resources and resize policies travel through /resize. */
function resized(pod: Pod, old: Pod): Pod {
  const merge = (before: readonly Container[] | undefined, now: readonly Container[] | undefined) =>
    before?.map((container) => {
      const wanted = now?.find(({ name }) => name === container.name);
      if (!wanted) return container;
      return { ...container, resources: wanted.resources ?? {}, ...(wanted.resizePolicy ? { resizePolicy: wanted.resizePolicy } : {}) };
    });
  const spec: PodSpec = orEmpty(old.spec);
  const initContainers = merge(spec.initContainers, pod.spec?.initContainers);
  return {
    ...old,
    metadata: pod.metadata,
    spec: { ...spec, containers: merge(spec.containers, pod.spec?.containers) ?? [], ...(initContainers ? { initContainers } : {}) },
  };
}

function validateResize(pod: Pod, old: Pod): FieldError[] {
  const path = root('spec').child('containers');
  const errors = validatePodContent(pod);
  const kept = qosClass(pod) === qosClass(old);
  const qos = kept ? [] : [invalidValue(root('status').child('qosClass'), qosClass(pod), 'Pod QOS Class may not change as a result of resizing')];
  const lost = (old.spec?.containers ?? []).flatMap(({ resources: before }, i) => {
    const now = pod.spec?.containers?.[i]?.resources;
    return (['requests', 'limits'] as const).flatMap((which) =>
      Object.keys(before?.[which] ?? {})
        .filter((name) => now?.[which]?.[name] === undefined)
        .map(() => forbiddenField(path.index(i).child('resources', which), `resource ${which} cannot be removed`)),
    );
  });
  return [...qos, ...lost, ...errors];
}
