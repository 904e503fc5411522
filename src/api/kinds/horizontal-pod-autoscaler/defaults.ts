import type { HorizontalPodAutoscaler, HorizontalPodAutoscalerBehavior, HPAScalingRules } from '../../schema/generated/types.ts';
import { orEmpty } from '../zero-values.ts';
import { cpuUtilization } from './convert.ts';

const SCALE_UP: HPAScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const SCALE_DOWN: HPAScalingRules = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

export function defaultAutoscaler(object: HorizontalPodAutoscaler): HorizontalPodAutoscaler {
  const spec = orEmpty(object.spec);
  return {
    ...object,
    spec: {
      ...spec,
      minReplicas: spec.minReplicas ?? 1,
      metrics: spec.metrics?.length ? spec.metrics : [cpuUtilization(80)],
      ...(spec.behavior ? { behavior: defaultBehavior(spec.behavior) } : {}),
    },
    status: { currentReplicas: 0, desiredReplicas: 0, ...object.status },
  };
}

/** The rules that hold where a behavior says nothing of its own. */
export const defaultBehavior = (behavior: HorizontalPodAutoscalerBehavior): HorizontalPodAutoscalerBehavior => ({
  scaleUp: { ...SCALE_UP, ...behavior.scaleUp },
  scaleDown: { ...SCALE_DOWN, ...behavior.scaleDown },
});
