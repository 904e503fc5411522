import type { PolicyRule } from '../../api/schema/generated/types.ts';

/** The rule as many rules of one verb, one resource and one name each. */
export function brokenDown({ apiGroups = [], resources = [], verbs = [], resourceNames = [], nonResourceURLs = [] }: PolicyRule): PolicyRule[] {
  const names: readonly (string | undefined)[] = resourceNames.length > 0 ? resourceNames : [undefined];
  const forResources = apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) =>
        names.map((name) => ({ verbs: [verb], apiGroups: [group], resources: [resource], ...(name === undefined ? {} : { resourceNames: [name] }) })),
      ),
    ),
  );
  return [...forResources, ...nonResourceURLs.flatMap((url) => verbs.map((verb) => ({ verbs: [verb], nonResourceURLs: [url] })))];
}

/** Rules about the same resource and name become one with all their verbs. */
export function compacted(rules: readonly PolicyRule[]): PolicyRule[] {
  const others: PolicyRule[] = [];
  const simple = new Map<string, PolicyRule>();
  for (const rule of rules) {
    if ((rule.resourceNames?.length ?? 0) > 1 || rule.nonResourceURLs?.length || rule.apiGroups?.length !== 1 || rule.resources?.length !== 1) {
      others.push(rule);
      continue;
    }
    const key = JSON.stringify([rule.apiGroups[0], rule.resources[0], rule.resourceNames?.[0] ?? null]);
    const known = simple.get(key);
    simple.set(key, known ? { ...known, verbs: [...new Set([...(known.verbs ?? []), ...(rule.verbs ?? [])])] } : rule);
  }
  return [...others, ...simple.values()];
}

/** As Go prints a rule; what rules are sorted by. */
export const ruleText = ({ verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }: PolicyRule): string =>
  `&PolicyRule{Verbs:[${verbs.join(' ')}],APIGroups:[${apiGroups.join(' ')}],Resources:[${resources.join(' ')}],ResourceNames:[${resourceNames.join(' ')}],NonResourceURLs:[${nonResourceURLs.join(' ')}],}`;
