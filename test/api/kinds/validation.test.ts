import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { kindFor } from '../../../src/api/kinds/index.ts';
import { validateObjectMeta } from '../../../src/api/kinds/object-meta.ts';
import { resourceTypes } from '../../../src/api/kinds/resource-types.ts';
import type { KubeObject } from '../../../src/api/machinery/object.ts';
import { VirtualClock } from '../../../src/clock/index.ts';

const clock = new VirtualClock({ start: Date.parse('2026-01-01T00:00:00Z'), seed: 1 });

function findingsOf(manifest: string): string[] {
  const given = parse(manifest) as KubeObject;
  const type = resourceTypes.find((t) => t.kind === given.kind && (t.group ? `${t.group}/${t.version}` : t.version) === given.apiVersion);
  if (!type) throw new Error(`no such kind: ${given.apiVersion} ${given.kind}`);
  const kind = kindFor(type.group, type.version, type.resource);
  const metadata = { uid: 'u', ...given.metadata, ...(type.namespaced ? { namespace: 'default' } : {}) };
  const defaulted = kind.defaults?.({ ...given, metadata }) ?? { ...given, metadata };
  const object = kind.prepareForCreate?.(defaulted, { clock, subresource: '' }) ?? defaulted;
  const rules = { namespaced: type.namespaced, ...(kind.nameRule ? { nameRule: kind.nameRule } : {}) };
  const errors = [...validateObjectMeta(object.metadata, rules), ...(kind.validate?.(object, { subresource: '', now: clock.now() }) ?? [])];
  return errors.map(({ field, message }) => `${field}: ${message}`);
}

interface Golden {
  readonly files?: Readonly<Record<string, string>>;
}

const folder = new URL('../../golden/', import.meta.url);
const golden = (path: string): Golden => parse(readFileSync(new URL(path, folder), 'utf8')) as Golden;

/** The recorded answer lists the findings one per line behind `* `. */
function recorded(path: string, kind: string, name: string): string[] {
  const text = readFileSync(new URL(path, folder), 'utf8');
  const start = text.indexOf(`The ${kind} "${name}" is invalid:\n`);
  const lines = text.slice(start).split('\n').slice(1);
  const end = lines.findIndex((line) => !line.trim().startsWith('* '));
  return lines.slice(0, end).map((line) => line.trim().slice(2));
}

describe('findings are worded and ordered as recorded from a real cluster', () => {
  const caseFolder = readdirSync(folder).includes('cases') ? 'cases/' : '';
  const invalid = `${caseFolder}b-declarative/b18-invalid-manifests.yaml`;
  const policies = `${caseFolder}d-security-extension/d13-network-policies.yaml`;
  test.each([
    ['Deployment', 'required', invalid, 'required.yaml'],
    ['Deployment', 'mismatch', invalid, 'mismatch.yaml'],
    ['Pod', 'Web_1', invalid, 'names.yaml'],
    ['NetworkPolicy', 'bad', policies, 'bad.yaml'],
    ['Pod', 'bad-init', `${caseFolder}c-behaviour/c01-describe-pod.yaml`, 'bad-init.yaml'],
    ['Pod', 'bad', `${caseFolder}c-behaviour/c13-taints.yaml`, 'bad.yaml'],
    ['Pod', 'bad', `${caseFolder}c-behaviour/c14-affinity-spread.yaml`, 'bad.yaml'],
    ['Ingress', 'bad', `${caseFolder}d-security-extension/d14-ingress.yaml`, 'bad.yaml'],
    ['PodDisruptionBudget', 'bad', `${caseFolder}d-security-extension/d15-small-kinds-pdb.yaml`, 'bad-pdb.yaml'],
  ])('%s %s', (kind, name, path, file) => {
    const manifest = golden(path).files?.[file];
    if (manifest === undefined) return expect(golden(path).files).toHaveProperty(file);
    expect(findingsOf(manifest)).toEqual(recorded(path, kind, name));
  });
});

describe('validation', () => {
  test.each([
    [
      'a stateful set with an unknown strategy',
      `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: s}, spec: {selector: {matchLabels: {a: b}}, updateStrategy: {type: Sometimes},
        template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: nginx}]}}}}`,
      [`spec.updateStrategy: Invalid value: {"Type":"Sometimes","RollingUpdate":null}: must be 'RollingUpdate' or 'OnDelete'`],
    ],
    [
      'a budget with both bounds',
      '{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {minAvailable: 1, maxUnavailable: 1, selector: {matchLabels: {app: web}}}}',
      [
        'spec: Invalid value: {"MinAvailable":1,"Selector":{"matchLabels":{"app":"web"}},"MaxUnavailable":1,"UnhealthyPodEvictionPolicy":null}: ' +
          'minAvailable and maxUnavailable cannot be both set',
      ],
    ],
    [
      'a service whose ports clash',
      '{apiVersion: v1, kind: Service, metadata: {name: t}, spec: {ports: [{name: a, port: 80}, {name: b, port: 80}]}}',
      ['spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}'],
    ],
    [
      'a job that restarts for ever',
      '{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {template: {spec: {containers: [{name: c, image: nginx}]}}}}',
      ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    [
      'a role without verbs',
      '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r}, rules: [{resources: [pods]}]}',
      [
        'rules[0].verbs: Required value: verbs must contain at least one value',
        'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
      ],
    ],
    ['a plain pod', '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: nginx}]}}', []],
  ])('%s', (_, manifest, want) => expect(findingsOf(manifest)).toEqual(want));
});
