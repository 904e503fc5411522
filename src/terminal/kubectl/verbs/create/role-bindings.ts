import type { Subject } from '../../../../api/schema/generated/types.ts';
import { UsageError } from '../../errors.ts';
import { array, string } from '../../flags/flag.ts';
import { defineGenerator } from './generator.ts';

const rbac = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';

const subjectFlags = {
  group: array('', 'Group to bind; repeat it for several.'),
  serviceaccount: array('', 'Service account to bind: namespace:name; repeat it for several.'),
  user: array('', 'User to bind; repeat it for several.'),
};

export const createRoleBinding = defineGenerator({
  name: 'rolebinding',
  failure: 'failed to create rolebinding: ',
  flags: { ...subjectFlags, clusterrole: string('', 'Cluster role to bind to.'), role: string('', 'Role to bind to.') },
  help: {
    usage:
      'rolebinding NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
    short: 'Create a role binding for a particular role or cluster role',
    examples: [
      ['Users and a group', 'kubectl create rolebinding admin --clusterrole=admin --user=user1 --user=user2 --group=group1'],
      ['A service account', 'kubectl create rolebinding admin-binding --role=admin --serviceaccount=monitoring:sa-dev'],
    ],
  },
  build(_kubectl, _name, options) {
    const { role, clusterrole } = options;
    if (Boolean(clusterrole) === Boolean(role)) throw new UsageError('exactly one of clusterrole or role must be specified');
    const roleRef = role ? { apiGroup, kind: 'Role', name: role } : { apiGroup, kind: 'ClusterRole', name: clusterrole };
    return { apiVersion: rbac, kind: 'RoleBinding', subjects: subjects(options), roleRef };
  },
});

export const createClusterRoleBinding = defineGenerator({
  name: 'clusterrolebinding',
  namespaced: false,
  failure: 'failed to create clusterrolebinding: ',
  flags: { ...subjectFlags, clusterrole: string('', 'Cluster role to bind to.', { required: true }) },
  help: {
    usage:
      'clusterrolebinding NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
    short: 'Create a cluster role binding for a particular cluster role',
    examples: [
      ['Users and a group', 'kubectl create clusterrolebinding cluster-admin --clusterrole=cluster-admin --user=user1 --user=user2 --group=group1'],
    ],
  },
  build: (_kubectl, _name, options) => ({
    apiVersion: rbac,
    kind: 'ClusterRoleBinding',
    subjects: subjects(options),
    roleRef: { apiGroup, kind: 'ClusterRole', name: options.clusterrole },
  }),
});

interface SubjectOptions {
  readonly user: readonly string[];
  readonly group: readonly string[];
  readonly serviceaccount: readonly string[];
}

const subjects = ({ user, group, serviceaccount }: SubjectOptions): Subject[] => [
  ...user.map((name) => ({ kind: 'User', apiGroup, name })),
  ...group.map((name) => ({ kind: 'Group', apiGroup, name })),
  ...serviceaccount.map(serviceAccount),
];

function serviceAccount(text: string): Subject {
  const parts = text.split(':');
  const [namespace, name] = parts;
  if (parts.length !== 2 || !namespace || !name) throw new UsageError('serviceaccount must be <namespace>:<name>');
  return { kind: 'ServiceAccount', name, namespace };
}
