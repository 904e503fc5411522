import type { PolicyRule, SubjectRulesReviewStatus } from '../../../api/schema/generated/types.ts';
import type { ServerContext } from '../context.ts';
import { MASTERS, type UserInfo } from '../user.ts';
import { grantsOf } from './rbac.ts';

const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

/** What a user may do in a namespace, listed. */
export function rulesOf({ store }: ServerContext, user: UserInfo, namespace: string): SubjectRulesReviewStatus {
  const granted = [...grantsOf(store, user, namespace)].map(({ rule }) => rule);
  const rules = user.groups.includes(MASTERS) ? [...EVERYTHING, ...granted] : granted;
  const resourceRules = rules
    .filter(({ resources }) => (resources ?? []).length > 0)
    .map(({ verbs, apiGroups, resources, resourceNames }) => ({
      verbs,
      ...(apiGroups ? { apiGroups } : {}),
      ...(resources ? { resources } : {}),
      ...(resourceNames ? { resourceNames } : {}),
    }));
  const nonResourceRules = rules
    .filter(({ nonResourceURLs }) => (nonResourceURLs ?? []).length > 0)
    .map(({ verbs, nonResourceURLs }) => ({ verbs, ...(nonResourceURLs ? { nonResourceURLs } : {}) }));
  return { resourceRules, nonResourceRules, incomplete: false };
}
