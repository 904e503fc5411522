import { describe, expect, test } from 'vitest';
import { createWorld } from './run-kubectl.ts';

const manifest = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {color: blue}
---
apiVersion: v1
kind: Secret
metadata: {name: key}
data: {password: aHVudGVyMg==}
`;

describe('kubectl', () => {
  test('applies, changes and deletes manifests', async () => {
    const { machine, run } = createWorld();
    machine.files.write('/root/m.yaml', manifest);
    expect(await run(['apply', '-f', 'm.yaml'])).toEqual({ code: 0, stdout: 'configmap/settings created\nsecret/key created\n', stderr: '' });
    machine.files.write('/root/m.yaml', manifest.replace('blue', 'red'));
    expect(await run(['apply', '-f', 'm.yaml'])).toEqual({ code: 0, stdout: 'configmap/settings configured\nsecret/key unchanged\n', stderr: '' });
    expect(await run(['get', 'cm', 'settings', '-o', 'jsonpath={.data.color}'])).toEqual({ code: 0, stdout: 'red', stderr: '' });
    const deleted = 'configmap "settings" deleted from default namespace\nsecret "key" deleted from default namespace\n';
    expect(await run(['delete', '-f', 'm.yaml'])).toEqual({ code: 0, stdout: deleted, stderr: '' });
  });

  test('describes', async () => {
    const { machine, run } = createWorld();
    machine.files.write('/root/m.yaml', manifest);
    await run(['create', '-f', 'm.yaml']);
    const stdout =
      'Name:         key\nNamespace:    default\nLabels:       <none>\nAnnotations:  <none>\n\nType:  Opaque\n\nData\n====\npassword:  7 bytes\n';
    expect(await run(['describe', 'secret/key'])).toEqual({ code: 0, stdout, stderr: '' });
  });

  const mistakes: [string, string][] = [
    ['gte pods', 'error: unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n'],
    ['frobnicate', 'error: unknown command "frobnicate" for "kubectl"\n'],
    ['get podz', 'error: the server doesn\'t have a resource type "podz"\n'],
    ['get pods --wat', "error: unknown flag: --wat\nSee 'kubectl get --help' for usage.\n"],
    ['get pod/', 'error: arguments in resource/name form must have a single resource and name\n'],
    ['get pods/web -n nowhere', 'Error from server (NotFound): namespaces "nowhere" not found\n'],
    ['get pods web -l a=b', 'error: name cannot be provided when a selector is specified\n'],
    ['delete pods', 'error: resource(s) were provided, but no name was specified\n'],
    ['apply', 'error: must specify one of -f and -k\n'],
    ['wait pod web', 'error: unrecognized condition: []\n'],
    ['explain pod.spec.foo.bar', 'error: field "bar" does not exist\n'],
    ['top node', 'error: Metrics API not available\n'],
    ['config use-context x', 'error: no context exists with the name: "x"\n'],
  ];
  test.each(mistakes)('kubectl %s', async (line, stderr) => {
    const ran = await createWorld().run(line.split(' '));
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 1, stderr });
  });

  test('edits kubeconfigs', async () => {
    const { machine, run } = createWorld();
    await run(['config', 'set-cluster', 'c', '--server=https://c.test:6443']);
    await run(['config', 'set-credentials', 'u', '--token=t']);
    await run(['config', 'set-context', 'x', '--cluster=c', '--user=u', '--namespace=shop']);
    expect(await run(['config', 'use-context', 'x'])).toEqual({ code: 0, stdout: 'Switched to context "x".\n', stderr: '' });
    expect(machine.files.readText('/root/.kube/config')).toBe(
      'apiVersion: v1\nclusters:\n- cluster:\n    server: https://c.test:6443\n  name: c\ncontexts:\n- context:\n    cluster: c\n    namespace: shop\n    user: u\n  name: x\ncurrent-context: x\nkind: Config\nusers:\n- name: u\n  user:\n    token: t\n',
    );
  });
});
