import type { HorizontalPodAutoscaler, HPAScalingRules, MetricSpec, MetricStatus } from '../../../../api/schema/generated/types.ts';
import { defineDescriber } from './describer.ts';
import { labelsAndAnnotations, longTime, nameAndNamespace } from './parts/metadata.ts';
import type { Writer } from './writer.ts';

export const horizontalPodAutoscaler = defineDescriber<HorizontalPodAutoscaler>({
  kind: 'HorizontalPodAutoscaler',
  group: 'autoscaling',
  describe(w, { metadata, spec, status }) {
    nameAndNamespace(w, metadata);
    labelsAndAnnotations(w, metadata);
    w.line(0, 'CreationTimestamp:', longTime(metadata?.creationTimestamp));
    w.line(0, 'Reference:', `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`);
    w.line(0, 'Metrics:', '( current / target )');
    for (const [i, metric] of (spec?.metrics ?? []).entries()) w.line(1, ...metricCells(metric, status?.currentMetrics?.[i]));
    w.line(0, 'Min replicas:', spec?.minReplicas ?? '<unset>');
    w.line(0, 'Max replicas:', spec?.maxReplicas);
    if (spec?.behavior) {
      w.line(0, 'Behavior:');
      behaviour(w, 'Scale Up', spec.behavior.scaleUp);
      behaviour(w, 'Scale Down', spec.behavior.scaleDown);
    }
    w.line(0, `${spec?.scaleTargetRef?.kind} pods:`, `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`);
    if (!status?.conditions?.length) return;
    w.line(0, 'Conditions:');
    w.line(1, 'Type', 'Status', 'Reason', 'Message');
    w.line(1, '----', '------', '------', '-------');
    for (const c of status.conditions) w.line(1, c.type, c.status, c.reason, c.message);
  },
});

interface Target {
  readonly averageValue?: unknown;
  readonly averageUtilization?: number;
  readonly value?: unknown;
}

const shown = (value: unknown): string => (value === undefined ? '<unknown>' : String(value));

function metricCells(metric: MetricSpec, current: MetricStatus | undefined): [string, string] {
  const { external, pods, object, resource, containerResource } = metric;
  if (external) return amounts(`${JSON.stringify(external.metric?.name)} (target `, external.target, current?.external?.current);
  if (pods)
    return [`${JSON.stringify(pods.metric?.name)} on pods:`, `${shown(current?.pods?.current?.averageValue)} / ${String(pods.target?.averageValue)}`];
  if (object) {
    const about = `"${object.metric?.name}" on ${object.describedObject?.kind}/${object.describedObject?.name} (target `;
    return amounts(about, object.target, current?.object?.current);
  }
  if (resource) return usage(`resource ${resource.name} on pods`, resource.target, current?.resource?.current);
  if (containerResource) {
    const about = `resource ${containerResource.name} of container "${containerResource.container}" on pods`;
    return usage(about, containerResource.target, current?.containerResource?.current);
  }
  return [`<unknown metric type ${JSON.stringify(metric.type)}>`, ''];
}

function amounts(about: string, target: Target | undefined, current: Target | undefined): [string, string] {
  if (target?.averageValue !== undefined) return [`${about}average value):`, `${shown(current?.averageValue)} / ${String(target.averageValue)}`];
  return [`${about}value):`, `${shown(current?.value)} / ${String(target?.value)}`];
}

function usage(about: string, target: Target | undefined, current: Target | undefined): [string, string] {
  if (target?.averageValue !== undefined) return [`${about}:`, `${shown(current?.averageValue)} / ${String(target.averageValue)}`];
  const used = current?.averageUtilization === undefined ? '<unknown>' : `${current.averageUtilization}% (${String(current.averageValue)})`;
  return [
    `${about}  (as a percentage of request):`,
    `${used} / ${target?.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`}`,
  ];
}

function behaviour(w: Writer, direction: string, rules: HPAScalingRules | undefined): void {
  if (!rules) return;
  w.line(1, `${direction}:`);
  if (rules.stabilizationWindowSeconds !== undefined) w.line(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`);
  if (!rules.policies?.length) return;
  w.line(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}`);
  w.line(2, 'Policies:');
  for (const { type, value, periodSeconds } of rules.policies) w.line(3, `- Type: ${type}`, `Value: ${value}`, `Period: ${periodSeconds} seconds`);
}
