import { type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../../machinery/field-error.ts';
import { isPathSegmentName } from '../../machinery/names.ts';
import { parseApiVersion } from '../../machinery/object.ts';
import { compareQuantities } from '../../machinery/quantity.ts';
import type { HorizontalPodAutoscaler, HPAScalingRules, MetricSpec, MetricTarget } from '../../schema/generated/types.ts';
import { dnsLabel, findings, oneOf, root } from '../field-checks.ts';
import { orEmpty } from '../zero-values.ts';

const METRIC_TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const SOURCES = { Object: 'object', External: 'external', Pods: 'pods', Resource: 'resource', ContainerResource: 'containerResource' } as const;
const BOTH = 'may not set both a target raw value and a target utilization';
const EITHER = 'must set either a target raw value or a target utilization';

export function validateAutoscaler(object: HorizontalPodAutoscaler): FieldError[] {
  const spec = orEmpty(object.spec);
  const path = root('spec');
  const { minReplicas: min, maxReplicas: max = 0, behavior } = spec;
  const at = path.child('maxReplicas');
  return [
    ...(min !== undefined && min < 1 ? [invalidValue(path.child('minReplicas'), min, 'must be greater than or equal to 1')] : []),
    ...(max === 0 ? [required(at, 'must be set and greater than 0')] : []),
    ...(max < 0 ? [invalidValue(at, max, 'must be greater than or equal to 1')] : []),
    ...(min !== undefined && max < min ? [invalidValue(at, max, 'must be greater than or equal to `minReplicas`')] : []),
    ...reference(orEmpty(spec.scaleTargetRef), path.child('scaleTargetRef'), spec.scaleTargetRef?.kind !== 'ReplicationController'),
    ...(spec.metrics ?? []).flatMap((metric, i) => metricFindings(metric, path.child('metrics').index(i))),
    ...scalingRules(behavior?.scaleUp, path.child('behavior', 'scaleUp')),
    ...scalingRules(behavior?.scaleDown, path.child('behavior', 'scaleDown')),
  ];
}

function reference(
  { kind, name, apiVersion = '' }: HorizontalPodAutoscaler['spec']['scaleTargetRef'],
  path: FieldPath,
  needsGroup: boolean,
): FieldError[] {
  const segment = (field: string, value: string) =>
    value ? findings(path.child(field), value, isPathSegmentName(value)) : [required(path.child(field))];
  const isOdd = apiVersion.split('/').length > 2;
  const why = isOdd
    ? `unexpected GroupVersion string: ${apiVersion}`
    : needsGroup && !parseApiVersion(apiVersion).group
      ? 'apiVersion must specify API group'
      : '';
  return [...segment('kind', kind), ...segment('name', name), ...(why ? [invalidValue(path.child('apiVersion'), apiVersion, why)] : [])];
}

function metricFindings(metric: MetricSpec, path: FieldPath): FieldError[] {
  const expected = SOURCES[metric.type as keyof typeof SOURCES];
  const present = Object.values(SOURCES).filter((source) => metric[source] !== undefined);
  const first = present[0];
  return [
    ...(metric.type ? [] : [required(path.child('type'), 'must specify a metric source type')]),
    ...oneOf(path.child('type'), metric.type, METRIC_TYPES),
    ...(first ? sourceFindings(metric, first, path.child(first)) : []),
    ...(expected && metric[expected] === undefined ? [required(path.child(expected), 'must populate information for the given metric source')] : []),
    ...(present.length === 1
      ? []
      : present
          .filter((source) => source !== expected)
          .map((source) => forbiddenField(path.child(source), 'must populate the given metric source only'))),
  ];
}

type Source = (typeof SOURCES)[keyof typeof SOURCES];

function sourceFindings(metric: MetricSpec, source: Source, path: FieldPath): FieldError[] {
  const { object, external, pods, resource, containerResource } = metric;
  const targetPath = path.child('target');
  const average = targetPath.child('averageValue');
  const named = object ?? external ?? pods;
  const target = orEmpty((named ?? resource ?? containerResource)?.target);
  const noValue = target.value === undefined && target.averageValue === undefined;
  const identifier = named ? metricName(named.metric?.name, path.child('metric', 'name')) : [];
  const checked = [...identifier, ...targetFindings(target, targetPath)];
  switch (source) {
    case 'object':
      return [
        ...(object ? reference(object.describedObject, path.child('describedObject'), false) : []),
        ...checked,
        ...(noValue ? [required(average, 'must set either a target value or averageValue')] : []),
      ];
    case 'external':
      return [
        ...checked,
        ...(noValue ? [required(average, 'must set either a target value for metric or a per-pod target')] : []),
        ...(target.value !== undefined && target.averageValue !== undefined
          ? [forbiddenField(targetPath.child('value'), 'may not set both a target value for metric and a per-pod target')]
          : []),
      ];
    case 'pods':
      return [...checked, ...(target.averageValue === undefined ? [required(average, 'must specify a positive target averageValue')] : [])];
    case 'resource':
    case 'containerResource':
      return [...resourceName(metric, path), ...checked, ...utilization(target, targetPath)];
  }
}

function resourceName({ resource, containerResource }: MetricSpec, path: FieldPath): FieldError[] {
  const name = (resource ?? containerResource)?.name;
  const container = containerResource?.container;
  return [
    ...(name ? [] : [required(path.child('name'), 'must specify a resource name')]),
    ...(containerResource && !container ? [required(path.child('container'), 'must specify a container')] : []),
    ...(container ? dnsLabel(path.child('container'), container) : []),
  ];
}

function utilization({ averageUtilization, averageValue }: MetricTarget, path: FieldPath): FieldError[] {
  if (averageUtilization === undefined && averageValue === undefined) return [required(path.child('averageUtilization'), EITHER)];
  return averageUtilization !== undefined && averageValue !== undefined ? [forbiddenField(path.child('averageValue'), BOTH)] : [];
}

const metricName = (name: string | undefined, path: FieldPath): FieldError[] =>
  name ? findings(path, name, isPathSegmentName(name)) : [required(path, 'must specify a metric name')];

function targetFindings({ type = '', value, averageValue, averageUtilization }: MetricTarget, path: FieldPath): FieldError[] {
  const positive = (field: string, amount: string | undefined) =>
    amount !== undefined && compareQuantities(amount, '0') <= 0 ? [invalidValue(path.child(field), amount, 'must be positive')] : [];
  const isKnown = type === 'Utilization' || type === 'Value' || type === 'AverageValue';
  return [
    ...(type ? [] : [required(path.child('type'), 'must specify a metric target type')]),
    ...(isKnown ? [] : [invalidValue(path.child('type'), type, 'must be either Utilization, Value, or AverageValue')]),
    ...positive('value', value),
    ...positive('averageValue', averageValue),
    ...(averageUtilization !== undefined && averageUtilization < 1
      ? [invalidValue(path.child('averageUtilization'), averageUtilization, 'must be greater than 0')]
      : []),
  ];
}

function scalingRules(rules: HPAScalingRules | undefined, path: FieldPath): FieldError[] {
  if (!rules) return [];
  const { stabilizationWindowSeconds: window, selectPolicy, policies = [] } = rules;
  const at = path.child('stabilizationWindowSeconds');
  return [
    ...(window !== undefined && window < 0 ? [invalidValue(at, window, 'must be greater than or equal to zero')] : []),
    ...(window !== undefined && window > 3600 ? [invalidValue(at, window, 'must be less than or equal to 3600')] : []),
    ...(selectPolicy === undefined ? [] : oneOf(path.child('selectPolicy'), selectPolicy, ['Disabled', 'Max', 'Min'])),
    ...(policies.length > 0 ? [] : [required(path.child('policies'), 'must specify at least one Policy')]),
    ...policies.flatMap(({ type, value = 0, periodSeconds: period = 0 }, i) => {
      const here = path.child('policies').index(i);
      return [
        ...oneOf(here.child('type'), type, ['Percent', 'Pods']),
        ...(value > 0 ? [] : [invalidValue(here.child('value'), value, 'must be greater than zero')]),
        ...(period > 0 ? [] : [invalidValue(here.child('periodSeconds'), period, 'must be greater than zero')]),
        ...(period > 1800 ? [invalidValue(here.child('periodSeconds'), period, 'must be less than or equal to 1800')] : []),
      ];
    }),
  ];
}
