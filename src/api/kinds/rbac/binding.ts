import type { ClusterRoleBinding, RoleBinding, Subject } from '../../schema/generated/types.ts';
import { defineKind, type RowContext } from '../define-kind.ts';
import { orEmpty } from '../zero-values.ts';
import { validateBinding, validateBindingUpdate } from './validation.ts';

const GROUP = 'rbac.authorization.k8s.io';

type Binding = RoleBinding | ClusterRoleBinding;

export const roleBinding = defineKind<RoleBinding>({
  group: GROUP,
  version: 'v1',
  resource: 'rolebindings',
  nameRule: 'path-segment',
  defaults: withGroups,
  validate: (object) => validateBinding(object, true),
  validateUpdate: (object, old) => validateBindingUpdate(object, old, true),
  row: bindingRow,
});

export const clusterRoleBinding = defineKind<ClusterRoleBinding>({
  group: GROUP,
  version: 'v1',
  resource: 'clusterrolebindings',
  nameRule: 'path-segment',
  defaults: withGroups,
  validate: (object) => validateBinding(object, false),
  validateUpdate: (object, old) => validateBindingUpdate(object, old, false),
  row: bindingRow,
});

function withGroups<T extends Binding>(binding: T): T {
  const roleRef = orEmpty(binding.roleRef);
  return {
    ...binding,
    roleRef: { ...roleRef, apiGroup: roleRef.apiGroup || GROUP },
    ...(binding.subjects ? { subjects: binding.subjects.map(withGroup) } : {}),
  };
}

const withGroup = (subject: Subject): Subject =>
  !subject.apiGroup && (subject.kind === 'User' || subject.kind === 'Group') ? { ...subject, apiGroup: GROUP } : subject;

function bindingRow({ metadata, roleRef, subjects = [] }: Binding, { age }: RowContext): string[] {
  const named = (kind: string) => subjects.filter((s) => s.kind === kind);
  const accounts = named('ServiceAccount').map((s) => `${s.namespace ?? ''}/${s.name}`);
  return [
    metadata.name ?? '',
    `${roleRef.kind}/${roleRef.name}`,
    age(metadata.creationTimestamp),
    named('User')
      .map((s) => s.name)
      .join(', '),
    named('Group')
      .map((s) => s.name)
      .join(', '),
    accounts.join(', '),
  ];
}
