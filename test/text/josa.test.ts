import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type Josa, josa, texts } from '../../src/text/index.ts';

test.each<[string, Josa, string]>([
  ['네임스페이스', '을/를', '네임스페이스를'],
  ['볼륨', '을/를', '볼륨을'],
  ['label', '을/를', 'label을'],
  ['label', '으로/로', 'label로'],
  ['kubelet', '은/는', 'kubelet은'],
  ['kubectl', '으로/로', 'kubectl로'],
  ['`orion`', '은/는', '`orion`은'],
])('%s + %s', (word, particle, want) => expect(josa(word, particle)).toBe(want));

describe('kinds', () => {
  const open = ['Pod', 'Deployment', 'Service', 'Node', 'Namespace', 'Ingress', 'ServiceAccount', 'EndpointSlice', 'NetworkPolicy', 'StorageClass'];
  const closed = ['ConfigMap', 'Secret', 'Job', 'CronJob', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Role', 'ClusterRole', 'RoleBinding'];
  const volumes = ['PersistentVolume', 'PersistentVolumeClaim'];
  test.each(open)('%s ends in a vowel', (kind) => expect(josa(kind, '이/가')).toBe(`${kind}가`));
  test.each([...closed, ...volumes])('%s ends in a consonant', (kind) => expect(josa(kind, '이/가')).toBe(`${kind}이`));
  test.each(['Role', 'ClusterRole'])('%s ends in ㄹ', (kind) => expect(josa(kind, '으로/로')).toBe(`${kind}로`));
});

describe('nouns', () => {
  test.each(['replica', 'selector', 'endpoint', 'probe', 'taint', 'cluster', 'network', 'root', 'client', 'check', 'etcd', 'DNS', 'API', 'CPU'])(
    '%s ends in a vowel',
    (noun) => expect(josa(noun, '을/를')).toBe(`${noun}를`),
  );
  test.each(['toleration', 'annotation', 'claim', 'token', 'app', 'web', 'traffic', 'stack', 'group', 'YAML', 'URL', 'VM'])(
    '%s ends in a consonant',
    (noun) => expect(josa(noun, '을/를')).toBe(`${noun}을`),
  );
});

describe('hosts', () => {
  test.each([
    ['base', 'base를'],
    ['controlplane', 'controlplane을'],
    ['node01', 'node01을'],
    ['node02', 'node02를'],
    ['cka0417', 'cka0417을'],
    ['cka3551', 'cka3551을'],
    ['cka4235', 'cka4235를'],
    ['ckad2040', 'ckad2040을'],
    ['ckad1149', 'ckad1149를'],
  ])('%s', (host, want) => expect(josa(host, '을/를')).toBe(want));
  test.each(['cka0417', 'node01', 'cka1108'])('%s ends in ㄹ', (host) => expect(josa(host, '으로/로')).toBe(`${host}로`));
  test.each(['cka2040', 'cka3016'])('%s ends in another consonant', (host) => expect(josa(host, '으로/로')).toBe(`${host}으로`));
});

test.each(Object.entries(texts))('the key bars fit the screen: %s', (_, { exam }) => {
  expect(stringWidth(exam.keysWide)).toBeLessThanOrEqual(118);
  expect(stringWidth(exam.keysNarrow)).toBeLessThanOrEqual(79);
});
