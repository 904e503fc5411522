import type { ClusterRole, Role } from '../../schema/generated/types.ts';
import { createdAtRow } from '../created-at-row.ts';
import { defineKind } from '../define-kind.ts';
import { validateClusterRole, validateRole } from './validation.ts';

export const role = defineKind<Role>({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'roles',
  nameRule: 'path-segment',
  validate: validateRole,
  validateUpdate: validateRole,
  row: createdAtRow,
});

export const clusterRole = defineKind<ClusterRole>({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'clusterroles',
  nameRule: 'path-segment',
  validate: validateClusterRole,
  validateUpdate: validateClusterRole,
  row: createdAtRow,
});
