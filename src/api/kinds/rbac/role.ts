import type { ClusterRole, Role } from '../../schema/generated/types.ts';
import { createdAtRow } from '../created-at-row.ts';
import { defineKind } from '../define-kind.ts';

export const role = defineKind<Role>({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'roles',
  nameRule: 'path-segment',
  row: createdAtRow,
});

export const clusterRole = defineKind<ClusterRole>({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'clusterroles',
  nameRule: 'path-segment',
  row: createdAtRow,
});
