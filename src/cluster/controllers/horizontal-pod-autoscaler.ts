import type { ResourceType } from '../../api/client/api-client.ts';
import { HorizontalPodAutoscalers, Pods, resourceTypes } from '../../api/kinds/resource-types.ts';
import { deepEqual } from '../../api/machinery/deep-equal.ts';
import { parseSelector } from '../../api/machinery/label-parser.ts';
import { matchesLabels } from '../../api/machinery/labels.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import { quantityMilli } from '../../api/machinery/quantity.ts';
import type { HorizontalPodAutoscalerCondition, HorizontalPodAutoscalerStatus, MetricSpec, MetricStatus } from '../../api/schema/generated/types.ts';
import { isoTime } from '../../clock/index.ts';
import { type ControllerContext, type ControllerDefinition, defineController, keyOf, splitKey, watch } from './define-controller.ts';
import type { HorizontalPodAutoscaler, Pod } from './objects.ts';
import { withCondition } from './workload/conditions.ts';
import { messageOf } from './workload/pod-control.ts';
import { isActive } from './workload/pod-state.ts';
import { sameStatus } from './workload/replicas.ts';

const PERIOD_MS = 15_000;
const DOWN_WINDOW_S = 300;
const TOLERANCE = 0.1;

interface Recommendation {
  readonly at: number;
  readonly replicas: number;
}

interface Proposal {
  readonly replicas: number;
  readonly metrics: readonly MetricStatus[];
  readonly about: string;
}

/** Sizes workloads by what their pods use. Resource metrics of whole pods only. */
export function horizontalPodAutoscaler(): ControllerDefinition {
  const history = new Map<string, readonly Recommendation[]>();
  return defineController({
    name: 'horizontal-pod-autoscaler-controller',
    serviceAccount: 'horizontal-pod-autoscaler',
    eventSource: 'horizontal-pod-autoscaler',
    watches: [watch(HorizontalPodAutoscalers, (hpa, old) => (old && deepEqual(hpa.spec, old.spec) ? [] : [keyOf(hpa)]))],
    reconcile: async (key, context) => {
      const [namespace, name] = splitKey(key);
      const found = context.informers.for(HorizontalPodAutoscalers).get(namespace, name);
      if (!found) return;
      context.requeueAfter(key, PERIOD_MS, { background: true });
      const status = await scale(key, found, context, history);
      const latest = context.informers.for(HorizontalPodAutoscalers).get(namespace, name);
      if (latest && !sameStatus(status, latest.status)) await context.api.updateStatus(HorizontalPodAutoscalers, { ...latest, status });
    },
  });
}

interface Scale extends KubeObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly replicas: number; readonly selector?: string };
}

async function scale(
  key: string,
  hpa: HorizontalPodAutoscaler,
  context: ControllerContext,
  history: Map<string, readonly Recommendation[]>,
): Promise<HorizontalPodAutoscalerStatus> {
  const { api, clock, event } = context;
  let conditions = hpa.status?.conditions ?? [];
  const set = (type: string, status: string, reason: string, message: string): void => {
    const condition: HorizontalPodAutoscalerCondition = { type, status, reason, message, lastTransitionTime: isoTime(clock.now()) };
    conditions = withCondition(conditions, condition);
  };
  const base = { ...hpa.status, desiredReplicas: hpa.status?.desiredReplicas ?? 0 };
  const target = hpa.spec?.scaleTargetRef;
  const type = resourceTypes.find(
    ({ kind, group }) => kind === target?.kind && group === (target.apiVersion?.includes('/') ? target.apiVersion.split('/')[0] : ''),
  );
  const finish = (more: object): HorizontalPodAutoscalerStatus => ({ ...base, ...more, conditions });
  if (!type || !target) return finish({});
  const scaleType = { ...type, object: undefined } as unknown as ResourceType<Scale>;
  let current: Scale;
  try {
    current = await api.get(scaleType, hpa.metadata.namespace ?? '', target.name, 'scale');
  } catch (error) {
    set('AbleToScale', 'False', 'FailedGetScale', `the HPA controller was unable to get the target's current scale: ${messageOf(error)}`);
    event(hpa, 'Warning', 'FailedGetScale', messageOf(error));
    return finish({});
  }
  set('AbleToScale', 'True', 'SucceededGetScale', "the HPA controller was able to get the target's current scale");
  const now = current.spec?.replicas ?? 0;
  if (now === 0 && (hpa.spec?.minReplicas ?? 1) !== 0) {
    set('ScalingActive', 'False', 'ScalingDisabled', 'scaling is disabled since the replica count of the target is zero');
    return finish({ currentReplicas: 0, desiredReplicas: 0 });
  }
  const rescale = async (wanted: number, why: string, more: object = {}) => {
    await api.update(scaleType, { ...current, spec: { ...current.spec, replicas: wanted } }, { subresource: 'scale' });
    event(hpa, 'Normal', 'SuccessfulRescale', `New size: ${wanted}; reason: ${why}`);
    set('AbleToScale', 'True', 'SucceededRescale', `the HPA controller was able to update the target scale to ${wanted}`);
    return finish({ currentReplicas: now, desiredReplicas: wanted, ...more, lastScaleTime: isoTime(clock.now()) });
  };
  const { minReplicas = 1, maxReplicas = now } = hpa.spec ?? {};
  if (now > maxReplicas) return rescale(maxReplicas, 'Current number of replicas above Spec.MaxReplicas');
  if (now < minReplicas) return rescale(minReplicas, 'Current number of replicas below Spec.MinReplicas');
  let proposal: Proposal;
  try {
    proposal = await propose(hpa, current, now, context);
  } catch (error) {
    const message = messageOf(error);
    set('ScalingActive', 'False', 'FailedGetResourceMetric', `the HPA was unable to compute the replica count: ${message}`);
    event(hpa, 'Warning', 'FailedGetResourceMetric', message);
    event(
      hpa,
      'Warning',
      'FailedComputeMetricsReplicas',
      `invalid metrics (1 invalid out of ${hpa.spec?.metrics?.length ?? 1}), first error is: failed to get ${metricName(hpa)} resource metric value: ${message}`,
    );
    return finish({ currentReplicas: now });
  }
  set('ScalingActive', 'True', 'ValidMetricFound', `the HPA was able to successfully calculate a replica count from ${proposal.about}`);
  const steady = stabilise(key, proposal.replicas, hpa, clock.now(), history);
  if (steady > proposal.replicas)
    set(
      'AbleToScale',
      'True',
      'ScaleDownStabilized',
      'recent recommendations were higher than current one, applying the highest recent recommendation',
    );
  else set('AbleToScale', 'True', 'ReadyForNewScale', 'recommended size matches current size');
  const wanted = limit(hpa, steady, set);
  if (wanted === now) return finish({ currentReplicas: now, desiredReplicas: wanted, currentMetrics: proposal.metrics });
  const why = wanted > now ? `${proposal.about} above target` : 'All metrics below target';
  return rescale(wanted, why, { currentMetrics: proposal.metrics });
}

const metricName = ({ spec }: HorizontalPodAutoscaler) => spec?.metrics?.[0]?.resource?.name ?? 'cpu';

/** The largest count that any metric asks for. */
async function propose(hpa: HorizontalPodAutoscaler, scale: Scale, now: number, context: ControllerContext): Promise<Proposal> {
  const fallback: MetricSpec = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } };
  const proposals: Proposal[] = [];
  for (const metric of hpa.spec?.metrics ?? [fallback]) proposals.push(await proposeBy(metric, hpa, scale, now, context));
  const best = proposals.reduce((a, b) => (b.replicas > a.replicas ? b : a));
  return { ...best, metrics: proposals.flatMap(({ metrics }) => metrics) };
}

async function proposeBy(metric: MetricSpec, hpa: HorizontalPodAutoscaler, scale: Scale, now: number, context: ControllerContext): Promise<Proposal> {
  if (!metric.resource) throw new Error(`kubeproctor does not simulate metrics of type ${metric.type}`);
  const { name, target } = metric.resource;
  const selector = parseSelector(scale.status?.selector ?? '');
  const namespace = hpa.metadata.namespace ?? '';
  const pods = context.informers
    .for(Pods)
    .list(namespace)
    .filter((pod) => isActive(pod) && matchesLabels(selector, pod.metadata.labels));
  const usage = await usageOf(name, namespace, pods, context);
  if (usage.length === 0)
    throw new Error(`failed to get ${name} utilization: unable to get metrics for resource ${name}: no metrics returned from resource metrics API`);
  const total = usage.reduce((sum, { used }) => sum + used, 0);
  const average = total / usage.length;
  const averageValue = name === 'cpu' ? `${Math.ceil(average)}m` : String(Math.ceil(average / 1000));
  if (target.averageUtilization === undefined) {
    const ratio = average / quantityMilli(target.averageValue ?? '1');
    const current = { type: 'Resource', resource: { name, current: { averageValue } } };
    return { replicas: count(ratio, now, usage.length), metrics: [current], about: `${name} resource` };
  }
  const requested = usage.reduce((sum, { pod }) => sum + requestOf(pod, name), 0);
  const utilization = Math.trunc((total * 100) / requested);
  const metrics = [{ type: 'Resource', resource: { name, current: { averageUtilization: utilization, averageValue } } }];
  return {
    replicas: count(utilization / target.averageUtilization, now, usage.length),
    metrics,
    about: `${name} resource utilization (percentage of request)`,
  };
}

const count = (ratio: number, now: number, measured: number): number => (Math.abs(ratio - 1) <= TOLERANCE ? now : Math.ceil(ratio * measured));

function requestOf({ metadata, spec }: Pod, name: string): number {
  let sum = 0;
  for (const container of spec?.containers ?? []) {
    const request = container.resources?.requests?.[name];
    if (!request) {
      throw new Error(`failed to get ${name} utilization: missing request for ${name} in container ${container.name} of Pod ${metadata.name ?? ''}`);
    }
    sum += quantityMilli(request);
  }
  return sum;
}

interface PodMetrics {
  readonly metadata: { readonly name: string };
  readonly containers: readonly { readonly usage: Readonly<Record<string, string>> }[];
}

async function usageOf(
  name: string,
  namespace: string,
  pods: readonly Pod[],
  { transport }: ControllerContext,
): Promise<{ pod: Pod; used: number }[]> {
  const { status, body } = await transport({
    method: 'GET',
    path: `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`,
    headers: { accept: 'application/json' },
  });
  if (status >= 400) {
    const message =
      typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : 'the server could not find the requested resource';
    const why = message.includes('get pods.metrics.k8s.io') ? message : `${message} (get pods.metrics.k8s.io)`;
    throw new Error(
      `failed to get ${name} utilization: unable to get metrics for resource ${name}: unable to fetch metrics from resource metrics API: ${why}`,
    );
  }
  const items = (body as { items?: readonly PodMetrics[] } | undefined)?.items ?? [];
  return pods.flatMap((pod) => {
    const metrics = items.find(({ metadata }) => metadata.name === pod.metadata.name);
    return metrics ? [{ pod, used: metrics.containers.reduce((sum, { usage }) => sum + quantityMilli(usage[name] ?? '0'), 0) }] : [];
  });
}

/** Going down takes the highest of what was recommended of late. */
function stabilise(
  key: string,
  replicas: number,
  hpa: HorizontalPodAutoscaler,
  now: number,
  history: Map<string, readonly Recommendation[]>,
): number {
  const window = (hpa.spec?.behavior?.scaleDown?.stabilizationWindowSeconds ?? DOWN_WINDOW_S) * 1000;
  const recent = [...(history.get(key) ?? []), { at: now, replicas }].filter(({ at }) => at > now - window || at === now);
  history.set(key, recent);
  return Math.max(...recent.map((recommendation) => recommendation.replicas));
}

function limit(
  { spec }: HorizontalPodAutoscaler,
  replicas: number,
  set: (type: string, status: string, reason: string, message: string) => void,
): number {
  const [low, high] = [spec?.minReplicas ?? 1, spec?.maxReplicas ?? 1];
  if (replicas > high) set('ScalingLimited', 'True', 'TooManyReplicas', 'the desired replica count is more than the maximum replica count');
  else if (replicas < low) set('ScalingLimited', 'True', 'TooFewReplicas', 'the desired replica count is less than the minimum replica count');
  else set('ScalingLimited', 'False', 'DesiredWithinRange', 'the desired count is within the acceptable range');
  return Math.min(high, Math.max(low, replicas));
}
