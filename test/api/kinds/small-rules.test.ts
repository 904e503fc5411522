import { expect, test } from 'vitest';
import { cronScheduleError } from '../../../src/api/kinds/cron-schedule.ts';
import { asV1, asV2 } from '../../../src/api/kinds/horizontal-pod-autoscaler/convert.ts';
import { kinds } from '../../../src/api/kinds/index.ts';
import { resourceTypes } from '../../../src/api/kinds/resource-types.ts';
import { keepAddresses } from '../../../src/api/kinds/service/addresses.ts';
import type { Service, ServiceSpec } from '../../../src/api/schema/generated/types.ts';

test.each([
  ['*/5 * * * *', undefined],
  ['@hourly', undefined],
  ['0 0 * jan mon-fri', undefined],
  ['0 3 * *', 'expected exactly 5 fields, found 4: [0 3 * *]'],
  ['61 * * * *', 'end of range (61) above maximum (59): 61'],
  ['@often', 'unrecognized descriptor: @often'],
  ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
])('the schedule %s', (schedule, want) => expect(cronScheduleError(schedule)).toBe(want));

test('every kind is declared once, for a resource that is served', () => {
  const served = new Set(resourceTypes.map(({ group, version, resource }) => `${group}/${version}/${resource}`));
  const declared = kinds.map(({ group, version, resource }) => `${group}/${version}/${resource}`);
  expect(new Set(declared).size).toBe(declared.length);
  expect(declared.filter((kind) => !served.has(kind))).toEqual([]);
});

test('an autoscaler survives the way through autoscaling/v1', () => {
  const given = {
    apiVersion: 'autoscaling/v2' as const,
    kind: 'HorizontalPodAutoscaler' as const,
    metadata: { name: 'h' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 3,
      metrics: [
        { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 60 } } },
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
      ],
    },
    status: { currentReplicas: 1, desiredReplicas: 1 },
  };
  expect(asV1(given).spec.targetCPUUtilizationPercentage).toBe(50);
  expect(asV2(asV1(given))).toEqual(given);
});

const service = (spec: ServiceSpec): Service => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec });

test.each<[string, ServiceSpec, ServiceSpec, ServiceSpec]>([
  [
    'what was allocated stays',
    { type: 'NodePort', ports: [{ port: 80 }] },
    { type: 'NodePort', clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'], ports: [{ port: 80, nodePort: 30080 }] },
    { type: 'NodePort', clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'], ports: [{ port: 80, nodePort: 30080 }] },
  ],
  [
    'what the new type has no use for goes',
    {
      type: 'ClusterIP',
      clusterIP: '10.96.0.9',
      clusterIPs: ['10.96.0.9'],
      externalTrafficPolicy: 'Cluster',
      ports: [{ port: 80, nodePort: 30080 }],
    },
    { type: 'NodePort', clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'], externalTrafficPolicy: 'Cluster', ports: [{ port: 80, nodePort: 30080 }] },
    { type: 'ClusterIP', clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'], ports: [{ port: 80 }] },
  ],
])('%s', (_, now, before, want) => expect(keepAddresses(service(now), service(before)).spec).toEqual(want));
