import { expect, test } from 'vitest';
import { createWorld } from '../run-kubectl.ts';

const yaml = (text: string): string => `${text.trim()}\n`;

const cases: readonly (readonly [string, readonly string[], string])[] = [
  [
    'a namespace',
    ['create', 'ns', 'lab', '--dry-run=client', '-o', 'yaml'],
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: lab\nspec: {}\nstatus: {}',
  ],
  [
    'a config map of literals',
    ['create', 'cm', 'mode', '--from-literal=MODE=dark', '-n', 'lab', '--dry-run=client', '-o', 'yaml'],
    'apiVersion: v1\ndata:\n  MODE: dark\nkind: ConfigMap\nmetadata:\n  name: mode\n  namespace: lab',
  ],
  [
    'an aggregated cluster role',
    ['create', 'clusterrole', 'all', '--aggregation-rule=team=blue', '--dry-run=client', '-o', 'yaml'],
    'aggregationRule:\n  clusterRoleSelectors:\n  - matchLabels:\n      team: blue\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: all\nrules: null',
  ],
  [
    'a role binding of a user named by a flag that is also a global one',
    ['create', 'rolebinding', 'r', '--role=x', '--user=kim', '--dry-run=client', '-o', 'yaml'],
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: r\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: x\nsubjects:\n- apiGroup: rbac.authorization.k8s.io\n  kind: User\n  name: kim',
  ],
];

test.each(cases)('%s', async (_name, argv, want) => {
  const { run } = createWorld();
  expect(await run(argv)).toEqual({ code: 0, stdout: yaml(want), stderr: '' });
});

const refusals: readonly (readonly [string, readonly string[], string])[] = [
  [
    'no name',
    ['create', 'deployment', '--image=nginx'],
    "error: exactly one NAME is required, got 0\nSee 'kubectl create deployment -h' for help and examples\n",
  ],
  ['no image', ['create', 'deployment', 'web'], 'error: required flag(s) "image" not set\n'],
  ['neither image nor origin', ['create', 'job', 'x'], 'error: either --image or --from must be specified\n'],
  ['an unknown resource', ['create', 'role', 'r', '--verb=get', '--resource=widgets'], 'the server doesn\'t have a resource type "widgets"\n'],
  [
    'an impossible taint',
    ['taint', 'node', 'n', 'a=b:Never'],
    "error: invalid taint effect: Never, unsupported taint effect\nSee 'kubectl taint -h' for help and examples\n",
  ],
];

test.each(refusals)('refuses %s', async (_name, argv, want) => {
  const { run } = createWorld();
  expect(await run(argv)).toEqual({ code: 1, stdout: '', stderr: want });
});
