import { describe, expect, test } from 'vitest';
import { createFiles } from '../../../../src/machine/index.ts';
import { buildKustomization } from '../../../../src/terminal/tools/kustomize/index.ts';

function folder(files: Readonly<Record<string, string>>) {
  const tree = createFiles({ now: () => 0 });
  for (const [path, text] of Object.entries(files)) {
    tree.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
    tree.write(path, text);
  }
  return tree;
}

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {app: x}}\nspec: {containers: [{name: c, image: "nginx:1"}]}\n';
const refusals: readonly [string, Readonly<Record<string, string>>, string][] = [
  ['no kustomization', { '/k/a': '' }, "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '/k'"],
  ['an unknown field', { '/k/kustomization.yaml': 'resource: []' }, 'invalid Kustomization: json: unknown field "resource"'],
  ['nothing in it', { '/k/kustomization.yaml': '' }, 'kustomization.yaml is empty'],
  [
    'a missing resource',
    { '/k/kustomization.yaml': 'resources: [a.yaml]' },
    "accumulating resources: accumulation err='accumulating resources from 'a.yaml': evalsymlink failure on '/k/a.yaml' : lstat /k/a.yaml: no such file or directory': must build at directory: not a valid directory: evalsymlink failure on '/k/a.yaml' : lstat /k/a.yaml: no such file or directory",
  ],
  [
    'replicas of nobody',
    { '/k/kustomization.yaml': 'resources: [p.yaml]\nreplicas: [{name: x, count: 2}]', '/k/p.yaml': pod },
    'resource with name x does not match a config with the following GVK [Deployment.[noVer].[noGrp] ReplicationController.[noVer].[noGrp] ReplicaSet.[noVer].[noGrp] StatefulSet.[noVer].[noGrp]]',
  ],
];

describe('refusals', () => {
  test.each(refusals)('%s', (_name, files, want) => {
    expect(() => buildKustomization(folder(files), '/k')).toThrow(want);
  });
});

const images: readonly [string, string, string][] = [
  ['a tag', '{name: nginx, newTag: "2"}', 'nginx:2'],
  ['a name', '{name: nginx, newName: repo:5000/web}', 'repo:5000/web:1'],
  ['a digest', '{name: nginx, digest: "sha256:aa"}', 'nginx@sha256:aa'],
  ['another image', '{name: ngin, newTag: "2"}', 'nginx:1'],
];

describe('images', () => {
  test.each(images)('%s', (_name, image, want) => {
    const files = folder({ '/k/kustomization.yaml': `resources: [p.yaml]\nimages: [${image}]`, '/k/p.yaml': pod });
    const [built] = buildKustomization(files, '/k').objects;
    expect(built?.spec).toEqual({ containers: [{ name: 'c', image: want }] });
  });
});

test('generated names end with a hash, and references follow', () => {
  const files = folder({
    '/k/kustomization.yaml': 'namePrefix: a-\nresources: [p.yaml]\nconfigMapGenerator: [{name: debug, literals: [verbose=true]}]',
    '/k/p.yaml': pod.replace('image: "nginx:1"', 'image: nginx, envFrom: [{configMapRef: {name: debug}}]'),
  });
  expect(buildKustomization(files, '/k').objects).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a-debug-k85bbk9ftm' }, data: { verbose: 'true' } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a-x', labels: { app: 'x' } },
      spec: { containers: [{ name: 'c', image: 'nginx', envFrom: [{ configMapRef: { name: 'a-debug-k85bbk9ftm' } }] }] },
    },
  ]);
});
