import type {
  AutoscalingV1HorizontalPodAutoscaler,
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerBehavior,
  HorizontalPodAutoscalerCondition,
  MetricSpec,
  MetricStatus,
} from '../../schema/generated/types.ts';
import { compact, orEmpty } from '../zero-values.ts';

const METRICS = 'autoscaling.alpha.kubernetes.io/metrics';
const CURRENT_METRICS = 'autoscaling.alpha.kubernetes.io/current-metrics';
const CONDITIONS = 'autoscaling.alpha.kubernetes.io/conditions';
const BEHAVIOR = 'autoscaling.alpha.kubernetes.io/behavior';
const ROUND_TRIP = new Set([METRICS, CURRENT_METRICS, CONDITIONS, BEHAVIOR]);

export const cpuUtilization = (averageUtilization: number): MetricSpec => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

/** autoscaling/v1 as v2; what v1 cannot say is read from its annotations. */
export function asV2(object: AutoscalingV1HorizontalPodAutoscaler): HorizontalPodAutoscaler {
  const { targetCPUUtilizationPercentage: target, ...spec } = orEmpty(object.spec);
  const { currentCPUUtilizationPercentage: _, ...status } = { currentReplicas: 0, desiredReplicas: 0, ...object.status };
  const kept = object.metadata.annotations ?? {};
  const others = parsed<MetricSpec[]>(kept[METRICS]) ?? [];
  const metrics = [...others, ...(target === undefined ? [] : [cpuUtilization(target)])];
  return compact({
    apiVersion: 'autoscaling/v2' as const,
    kind: 'HorizontalPodAutoscaler' as const,
    metadata: withAnnotations(object.metadata, {}),
    spec: compact({
      ...spec,
      metrics: metrics.length > 0 ? metrics : [cpuUtilization(80)],
      behavior: parsed<HorizontalPodAutoscalerBehavior>(kept[BEHAVIOR]),
    }),
    status: compact({
      ...status,
      currentMetrics: parsed<MetricStatus[]>(kept[CURRENT_METRICS]),
      conditions: parsed<HorizontalPodAutoscalerCondition[]>(kept[CONDITIONS]),
    }),
  });
}

/** autoscaling/v2 as v1; what v1 cannot say goes into annotations. */
export function asV1(object: HorizontalPodAutoscaler): AutoscalingV1HorizontalPodAutoscaler {
  const { metrics = [], behavior, ...spec } = orEmpty(object.spec);
  const { currentMetrics, conditions, ...status } = { currentReplicas: 0, desiredReplicas: 0, ...object.status };
  const isCpu = (m: MetricSpec) => m.type === 'Resource' && m.resource?.name === 'cpu' && m.resource.target.averageUtilization !== undefined;
  const others = metrics.filter((m) => !isCpu(m));
  const current = currentMetrics?.findLast((m) => m.type === 'Resource' && m.resource?.name === 'cpu');
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: withAnnotations(object.metadata, {
      [METRICS]: others.length > 0 ? others : undefined,
      [CURRENT_METRICS]: currentMetrics?.length ? currentMetrics : undefined,
      [BEHAVIOR]: behavior,
      [CONDITIONS]: conditions?.length ? conditions : undefined,
    }),
    spec: compact({ ...spec, targetCPUUtilizationPercentage: metrics.find(isCpu)?.resource?.target.averageUtilization }),
    status: compact({ ...status, currentCPUUtilizationPercentage: current?.resource?.current.averageUtilization }),
  };
}

function withAnnotations<T extends { readonly annotations?: Readonly<Record<string, string>> }>(
  metadata: T,
  extra: Readonly<Record<string, unknown>>,
): T {
  const own = Object.entries(metadata.annotations ?? {}).filter(([key]) => !ROUND_TRIP.has(key));
  const added = Object.entries(extra).flatMap(([key, value]) => (value === undefined ? [] : [[key, JSON.stringify(value)] as const]));
  const all = [...own, ...added];
  return compact({ ...metadata, annotations: all.length > 0 ? Object.fromEntries(all) : undefined });
}

function parsed<T>(json: string | undefined): T | undefined {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as T;
  } catch {
    return undefined;
  }
}
