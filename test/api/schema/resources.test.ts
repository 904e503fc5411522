import { expect, test } from 'vitest';
import { definitionSchema } from '../../../src/api/schema/definitions.ts';
import { describeMember } from '../../../src/api/schema/explain.ts';
import { builtinResources, compareVersions, findResource } from '../../../src/api/schema/resources.ts';

test.each([
  ['deploy', 'apps/v1 deployments'],
  ['Deployment', 'apps/v1 deployments'],
  ['deployments.apps', 'apps/v1 deployments'],
  ['deployments.v1.apps', 'apps/v1 deployments'],
  ['hpa', 'autoscaling/v2 horizontalpodautoscalers'],
  ['horizontalpodautoscalers.v1.autoscaling', 'autoscaling/v1 horizontalpodautoscalers'],
  ['po', '/v1 pods'],
])('%s', (argument, want) => {
  const found = findResource(builtinResources(), argument);
  expect(`${found?.group}/${found?.version} ${found?.resource}`).toBe(want);
});

test('order of versions', () => {
  expect(['v1beta1', 'v1', 'foo', 'v2', 'v1alpha1', 'v1beta2'].sort(compareVersions)).toEqual(['v2', 'v1', 'v1beta2', 'v1beta1', 'v1alpha1', 'foo']);
});

test('a field is explained by its own text and its type’s', () => {
  const spec = definitionSchema('io.k8s.api.apps.v1.DeploymentSpec');
  expect(spec && describeMember(spec, 'strategy')).toEqual([
    'The deployment strategy to use to replace existing pods with new ones.',
    'DeploymentStrategy describes how to replace existing pods with new ones.',
  ]);
});
