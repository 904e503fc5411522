import { expect, test } from 'vitest';
import { applyConfiguration, trackUpdate } from '../../../src/api/machinery/managed-fields.ts';
import type { KubeObject } from '../../../src/api/machinery/object.ts';
import { kindSchema } from '../../../src/api/schema/definitions.ts';

const schema = kindSchema('apps', 'v1', 'Deployment');
const by = (name: string) => ({ name, apiVersion: 'apps/v1', time: '2026-01-01T00:00:00Z', resets: ['status'] });
const deployment = (spec: Record<string, unknown>): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec,
});
const containers = (...list: unknown[]) => ({ template: { spec: { containers: list } } });

test('a create owns what it sets', () => {
  const created = trackUpdate(schema, undefined, deployment({ replicas: 1, ...containers({ name: 'c', image: 'x' }) }), by('kubectl-create'));
  expect(created.metadata.managedFields?.[0]?.fieldsV1).toEqual({
    'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
    'f:spec': {
      'f:replicas': {},
      'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"c"}': { '.': {}, 'f:image': {}, 'f:name': {} } } } },
    },
  });
});

test('apply refuses what others own, unless forced, and drops what it leaves out', () => {
  const live = trackUpdate(schema, undefined, deployment({ replicas: 1 }), by('scaler'));
  const wanted = deployment({ replicas: 3, paused: true });
  expect(() => applyConfiguration(schema, live, wanted, by('kubectl'))).toThrow(
    'Apply failed with 1 conflict: conflict with "scaler" using apps/v1: .spec.replicas',
  );
  const forced = applyConfiguration(schema, live, wanted, by('kubectl'), { force: true });
  expect(forced.spec).toEqual({ replicas: 3, paused: true });
  const again = applyConfiguration(schema, forced, deployment({ replicas: 3 }), by('kubectl'));
  expect(again.spec).toEqual({ replicas: 3 });
});
