import type { KubeObject } from '../../api/machinery/object.ts';
import type { PriorityClass } from '../../api/schema/generated/types.ts';
import { type AdmissionRequest, type AdmissionView, defineAdmission } from './admission-plugin.ts';
import { asPod, type PodObject, withSpec } from './pod-object.ts';
import { refuse } from './refuse.ts';

const GROUP = 'scheduling.k8s.io';
type Class = KubeObject & Pick<PriorityClass, 'value' | 'globalDefault' | 'preemptionPolicy'>;

/** Turns a pod's class into its priority, and keeps a single class the default. */
export const priority = defineAdmission({
  name: 'Priority',
  operations: ['CREATE', 'UPDATE', 'DELETE'],
  resources: ['pods', 'priorityclasses.scheduling.k8s.io'],
  mutate: (object, request, view) => {
    if (object.kind !== 'Pod') return object;
    return request.operation === 'CREATE' ? prioritised(asPod(object), request, view) : kept(asPod(object), asPod(request.old ?? object));
  },
  validate: (request, view) => {
    if (request.resource.resource !== 'priorityclasses') return;
    if (request.operation === 'DELETE') refuseSystemClass(request);
    else refuseSecondDefault(request, view);
  },
});

const classes = (view: AdmissionView) => view.list(GROUP, 'priorityclasses') as unknown as readonly Class[];

function prioritised(pod: PodObject, request: AdmissionRequest, view: AdmissionView): PodObject {
  const found = classOf(pod, request, view);
  const value = found?.value ?? 0;
  const policy = found?.preemptionPolicy ?? 'PreemptLowerPriority';
  const { priority: given, preemptionPolicy } = pod.spec;
  const computed = 'priority admission controller computed';
  if (given !== undefined && given !== value) {
    const why = `the integer value of priority (${given}) must not be provided in pod spec; ${computed} ${value} from the given PriorityClass name`;
    throw refuse(request, why);
  }
  if (preemptionPolicy && preemptionPolicy !== policy) {
    const why = `the string value of PreemptionPolicy (${preemptionPolicy}) must not be provided in pod spec; ${computed} ${policy} from the given PriorityClass name`;
    throw refuse(request, why);
  }
  const name = found?.metadata.name;
  return withSpec(pod, { priority: value, preemptionPolicy: policy, ...(name ? { priorityClassName: name } : {}) });
}

function classOf({ spec }: PodObject, request: AdmissionRequest, view: AdmissionView): Class | undefined {
  const { priorityClassName } = spec;
  if (!priorityClassName) {
    const defaults = classes(view).filter(({ globalDefault }) => globalDefault);
    return defaults.sort((a, b) => (a.value ?? 0) - (b.value ?? 0))[0];
  }
  const found = view.get(GROUP, 'priorityclasses', '', priorityClassName);
  if (!found) throw refuse(request, `no PriorityClass with name ${priorityClassName} was found`);
  return found as unknown as Class;
}

function kept(pod: PodObject, old: PodObject): PodObject {
  const { priority: before, preemptionPolicy } = old.spec;
  if (pod.spec.priority !== undefined || before === undefined) return pod;
  return withSpec(pod, { priority: before, ...(pod.spec.preemptionPolicy || !preemptionPolicy ? {} : { preemptionPolicy }) });
}

function refuseSystemClass(request: AdmissionRequest): void {
  if (/^system-(node|cluster)-critical$/.test(request.name)) throw refuse(request, 'this is a system priority class and cannot be deleted');
}

function refuseSecondDefault(request: AdmissionRequest, view: AdmissionView): void {
  if (!(request.object as unknown as Class).globalDefault) return;
  const other = classes(view).find(({ globalDefault, metadata }) => globalDefault && metadata.name !== request.name);
  if (other) throw refuse(request, `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`);
}
