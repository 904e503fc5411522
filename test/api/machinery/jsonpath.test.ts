import { expect, test } from 'vitest';
import { renderJsonPath } from '../../../src/api/machinery/jsonpath.ts';

const data = {
  kind: 'Pod',
  metadata: { labels: { 'a.b/c': 'x' } },
  spec: {
    containers: [
      { name: 'a', image: 'x', ports: [{ port: 80 }] },
      { name: 'b', image: 'y' },
    ],
  },
};

test.each([
  ['{.kind} and {$.kind}', 'Pod and Pod'],
  ['{.metadata.labels.a\\.b/c}', 'x'],
  ["{.metadata.labels['a\\.b/c']}", 'x'],
  ['{.spec.containers[*].name}', 'a b'],
  ['{range .spec.containers[*]}{.name}={.image}{"\\n"}{end}.', 'a=x\nb=y\n.'],
  ['{range .spec.containers[*]}{range .ports[*]}{.port},{end};{end}', '80,;;'],
  ['{.spec.containers[?(@.name=="b")].image}', 'y'],
  ['{.spec.containers[?(@.ports)].name}', 'a'],
  ['{.spec.containers[-1].name}', 'b'],
  ['{.spec.containers[0:2].name}', 'a b'],
  ["{.spec.containers[0]['name','image']}", 'a x'],
  ['{..port}', '80'],
  ['{.spec.containers[0].ports}', '[{"port":80}]'],
  ['{.nope}', ''],
])('%s', (template, want) => {
  expect(renderJsonPath(template, data, { allowMissingKeys: true })).toBe(want);
});

test.each([
  ['{.kind', 'unclosed action'],
  ['{.spec.containers[5].name}', 'array index out of bounds: index 5, length 2'],
  ['{foo}', 'unrecognized identifier foo'],
  ['{end}', 'not in range, nothing to end'],
  ['{.spec.containers[x]}', 'invalid array index x'],
  ['{.spec.containers[?(@.name=~"b")]}', "unrecognized character in action: U+007E '~'"],
  ['{.nope}', 'nope is not found'],
])('%s is refused', (template, want) => {
  expect(() => renderJsonPath(template, data)).toThrow(want);
});
