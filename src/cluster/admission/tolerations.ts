import type { Node, Toleration } from '../../api/schema/generated/types.ts';
import { defineAdmission } from './admission-plugin.ts';
import { asPod, withSpec } from './pod-object.ts';

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';

/** A pod outlives trouble of its node by five minutes unless it says otherwise. */
export const defaultTolerationSeconds = defineAdmission({
  name: 'DefaultTolerationSeconds',
  operations: ['CREATE', 'UPDATE'],
  resources: ['pods'],
  mutate: (object) => {
    const pod = asPod(object);
    const present = pod.spec.tolerations ?? [];
    const missing = [NOT_READY, UNREACHABLE].filter((key) => !present.some((t) => tolerates(t, key)));
    if (missing.length === 0) return pod;
    const added = missing.map((key): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }));
    return withSpec(pod, { tolerations: [...present, ...added] });
  },
});

const tolerates = ({ key, effect }: Toleration, wanted: string): boolean => (key === wanted || !key) && (effect === 'NoExecute' || !effect);

/** A new node stays out of use until its conditions are known. */
export const taintNodesByCondition = defineAdmission({
  name: 'TaintNodesByCondition',
  operations: ['CREATE'],
  resources: ['nodes'],
  mutate: (object) => {
    const spec = (object as unknown as Node).spec ?? {};
    const taints = spec.taints ?? [];
    if (taints.some(({ key, effect }) => key === NOT_READY && effect === 'NoSchedule')) return object;
    return { ...object, spec: { ...spec, taints: [...taints, { key: NOT_READY, effect: 'NoSchedule' }] } };
  },
});
