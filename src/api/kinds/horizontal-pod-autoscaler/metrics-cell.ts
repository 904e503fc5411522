import type { MetricSpec, MetricStatus, MetricTarget, MetricValueStatus } from '../../schema/generated/types.ts';
import { NONE, shortened } from '../table-cells.ts';

const UNKNOWN = '<unknown>';

export function metricsCell(specs: readonly MetricSpec[] | undefined, statuses: readonly MetricStatus[]): string {
  if (!specs?.length) return NONE;
  return shortened(
    specs.map((spec, i) => oneMetric(spec, statuses[i])),
    2,
    ', ',
  );
}

function oneMetric(spec: MetricSpec, status: MetricStatus | undefined): string {
  switch (spec.type) {
    case 'External':
      return valueOrAverage(spec.external?.target, status?.external?.current);
    case 'Object':
      return valueOrAverage(spec.object?.target, status?.object?.current);
    case 'Pods':
      return `${status?.pods ? (status.pods.current.averageValue ?? '0') : UNKNOWN}/${spec.pods?.target.averageValue ?? '0'}`;
    case 'Resource':
      return `${spec.resource?.name}: ${resourceUse(spec.resource?.target, status?.resource?.current)}`;
    case 'ContainerResource':
      return `${spec.containerResource?.name}: ${resourceUse(spec.containerResource?.target, status?.containerResource?.current)}`;
    default:
      return '<unknown type>';
  }
}

function valueOrAverage(target: MetricTarget | undefined, current: MetricValueStatus | undefined): string {
  if (target?.averageValue !== undefined) return `${current?.averageValue ?? UNKNOWN}/${target.averageValue} (avg)`;
  return `${current ? (current.value ?? '0') : UNKNOWN}/${target?.value ?? '0'}`;
}

function resourceUse(target: MetricTarget | undefined, current: MetricValueStatus | undefined): string {
  if (target?.averageValue !== undefined) return `${current ? (current.averageValue ?? '0') : UNKNOWN}/${target.averageValue}`;
  const percent = (value: number | undefined, otherwise: string) => (value === undefined ? otherwise : `${value}%`);
  return `${percent(current?.averageUtilization, UNKNOWN)}/${percent(target?.averageUtilization, '<auto>')}`;
}
