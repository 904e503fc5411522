import type { AutoscalingV1HorizontalPodAutoscaler, HorizontalPodAutoscaler } from '../../schema/generated/types.ts';
import { defineKind, type RowContext } from '../define-kind.ts';
import { statusRules } from '../status-rules.ts';
import { UNSET } from '../table-cells.ts';
import { asV2 } from './convert.ts';
import { defaultAutoscaler } from './defaults.ts';
import { metricsCell } from './metrics-cell.ts';
import { validateAutoscaler } from './validation.ts';

export const horizontalPodAutoscaler = defineKind<HorizontalPodAutoscaler>({
  group: 'autoscaling',
  version: 'v2',
  resource: 'horizontalpodautoscalers',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: defaultAutoscaler,
  ...statusRules<HorizontalPodAutoscaler>({ currentReplicas: 0, desiredReplicas: 0 }),
  validate: validateAutoscaler,
  validateUpdate: validateAutoscaler,
  row: autoscalerRow,
});

export const horizontalPodAutoscalerV1 = defineKind<AutoscalingV1HorizontalPodAutoscaler>({
  group: 'autoscaling',
  version: 'v1',
  resource: 'horizontalpodautoscalers',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: (object) => ({
    ...object,
    spec: { ...object.spec, minReplicas: object.spec?.minReplicas ?? 1 },
    status: { currentReplicas: 0, desiredReplicas: 0, ...object.status },
  }),
  ...statusRules<AutoscalingV1HorizontalPodAutoscaler>({ currentReplicas: 0, desiredReplicas: 0 }),
  validate: (object) => validateAutoscaler(asV2(object)),
  validateUpdate: (object) => validateAutoscaler(asV2(object)),
  row: (object, context) => autoscalerRow(asV2(object), context),
});

function autoscalerRow({ metadata, spec, status }: HorizontalPodAutoscaler, { age }: RowContext): (string | number)[] {
  return [
    metadata.name ?? '',
    `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
    metricsCell(spec.metrics, status?.currentMetrics ?? []),
    spec.minReplicas === undefined ? UNSET : String(spec.minReplicas),
    spec.maxReplicas ?? 0,
    status?.currentReplicas ?? 0,
    age(metadata.creationTimestamp),
  ];
}
