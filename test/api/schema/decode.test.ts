import { expect, test } from 'vitest';
import { parseYaml } from '../../../src/api/machinery/yaml.ts';
import { decode } from '../../../src/api/schema/decode.ts';
import { kindSchema } from '../../../src/api/schema/definitions.ts';
import { readJson } from '../../../src/api/schema/json-text.ts';

function decodeKind(group: string, kind: string, text: string) {
  const schema = kindSchema(group, 'v1', kind);
  if (!schema) throw new Error(`no ${kind}`);
  return decode(schema, parseYaml(text));
}

test('decoding makes canonical and keeps what Go keeps', () => {
  const { object, strictErrors } = decodeKind(
    '',
    'Pod',
    'metadata: {creationTimestamp: null, labels: {a: null}}\nspec: {hostNetwork: false, colour: red, containers: [{name: c, port: 80, resources: {limits: {cpu: 1000m}}}], volumes: [{name: v, emptyDir: {}}]}',
  );
  expect(object).toEqual({
    metadata: { labels: { a: '' } },
    spec: { containers: [{ name: 'c', resources: { limits: { cpu: '1' } } }], volumes: [{ name: 'v', emptyDir: {} }] },
    status: {},
  });
  expect(strictErrors).toEqual(['unknown field "spec.colour"', 'unknown field "spec.containers[0].port"']);
});

test.each([
  ['apps', 'Deployment', 'spec: {replicas: "two"}', 'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32'],
  ['', 'ConfigMap', 'data: {a: 1}', 'json: cannot unmarshal number into Go struct field ConfigMap.data of type string'],
  [
    'networking.k8s.io',
    'NetworkPolicy',
    'spec: {ingress: [{ports: [80]}]}',
    'json: cannot unmarshal number into Go struct field NetworkPolicyIngressRule.spec.ingress.ports of type v1.NetworkPolicyPort',
  ],
  ['', 'Pod', 'spec: {restartPolicy: 3}', 'json: cannot unmarshal number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy'],
  ['', 'Secret', 'data: {a: "plain text"}', 'illegal base64 data at input byte 5'],
  ['', 'ResourceQuota', 'spec: {hard: {pods: many}}', 'quantities must match the regular expression'],
])('%s %s %s', (group, kind, text, want) => {
  expect(() => decodeKind(group, kind, text)).toThrow(want);
});

test('JSON as Go reads it', () => {
  expect(readJson('{"a":[{"c":1,"c":2}]}')).toEqual({ value: { a: [{ c: 2 }] }, duplicates: ['a[0].c'] });
  expect(() => readJson('{"a":"b",,}')).toThrow("invalid character ',' looking for beginning of object key string");
  expect(() => readJson('[1,')).toThrow('unexpected end of JSON input');
});
