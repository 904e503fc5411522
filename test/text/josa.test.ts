import { expect, test } from 'vitest';
import { type Josa, josa } from '../../src/text/index.ts';

test.each<[string, Josa, string]>([
  ['네임스페이스', '을/를', '네임스페이스를'],
  ['볼륨', '을/를', '볼륨을'],
  ['Pod', '이/가', 'Pod가'],
  ['Deployment', '을/를', 'Deployment를'],
  ['label', '을/를', 'label을'],
  ['label', '으로/로', 'label로'],
  ['ConfigMap', '을/를', 'ConfigMap을'],
  ['node01', '이/가', 'node01이'],
  ['node02', '이/가', 'node02가'],
  ['cka0417', '을/를', 'cka0417을'],
  ['kubelet', '은/는', 'kubelet은'],
])('%s + %s', (word, particle, want) => expect(josa(word, particle)).toBe(want));
