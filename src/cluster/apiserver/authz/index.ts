import type { Store } from '../../store/index.ts';
import { MASTERS } from '../user.ts';
import type { Authorizer } from './authorizer.ts';
import { createRbacAuthorizer } from './rbac.ts';

/** system:masters may do anything; everyone else what RBAC grants. */
export function createAuthorizer(store: Store): Authorizer {
  const rbac = createRbacAuthorizer(store);
  return {
    authorize: (attributes) => (attributes.user.groups.includes(MASTERS) ? { allowed: true, reason: '' } : rbac.authorize(attributes)),
  };
}
