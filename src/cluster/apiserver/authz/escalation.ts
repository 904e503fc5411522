import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { forbidden } from '../../../api/machinery/status-error.ts';
import type { PolicyRule, RoleRef } from '../../../api/schema/generated/types.ts';
import type { ResourceRequest, ServerContext } from '../context.ts';
import { nameOf } from '../served-resource.ts';
import { MASTERS } from '../user.ts';
import { findRole, grantsOf } from './rbac.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** Nobody hands out more than they hold, unless they may `escalate` roles or `bind` them. */
export function requireNoEscalation(context: ServerContext, rr: ResourceRequest, object: KubeObject, old: KubeObject | undefined): void {
  const { resource, user } = rr;
  if (resource.group !== GROUP || user.groups.includes(MASTERS)) return;
  if (resource.resource.endsWith('bindings')) requireMayBind(context, rr, object, old);
  else requireMayGrant(context, rr, object, old);
}

function requireMayGrant(context: ServerContext, rr: ResourceRequest, object: KubeObject, old: KubeObject | undefined): void {
  if (old && deepEqual(object.rules, old.rules) && deepEqual(object.aggregationRule, old.aggregationRule)) return;
  if (may(context, rr, 'escalate', rr.resource.resource, object.metadata.name ?? '')) return;
  if (object.aggregationRule)
    throw forbidden(nameOf(rr.resource), object.metadata.name ?? '', 'must have cluster-admin privileges to use the aggregationRule');
  requireHolds(context, rr, object, (object.rules ?? []) as readonly PolicyRule[]);
}

function requireMayBind(context: ServerContext, rr: ResourceRequest, object: KubeObject, old: KubeObject | undefined): void {
  if (old && deepEqual(object.roleRef, old.roleRef) && deepEqual(object.subjects, old.subjects)) return;
  const ref = object.roleRef as RoleRef;
  const namespace = object.metadata.namespace ?? '';
  if (may(context, rr, 'bind', ref.kind === 'Role' ? 'roles' : 'clusterroles', ref.name)) return;
  const role = findRole(context.store, ref, namespace);
  if (!role)
    throw forbidden(nameOf(rr.resource), object.metadata.name ?? '', `${ref.kind.toLowerCase()}.${GROUP} ${JSON.stringify(ref.name)} not found`);
  requireHolds(context, rr, object, (role.rules ?? []) as readonly PolicyRule[]);
}

function may({ authorizer }: ServerContext, { user, info }: ResourceRequest, verb: string, resource: string, name: string): boolean {
  const about = { group: GROUP, version: 'v1', resource, subresource: '', namespace: info.namespace, name, path: '' };
  return authorizer.authorize({ user, verb, isResource: true, ...about }).allowed;
}

function requireHolds({ store }: ServerContext, { user, info, resource }: ResourceRequest, object: KubeObject, rules: readonly PolicyRule[]): void {
  const held = [...grantsOf(store, user, info.namespace)].map(({ rule }) => rule);
  const missing = rules.flatMap(atoms).filter((atom) => !held.some((rule) => covers(rule, atom)));
  if (missing.length === 0) return;
  const groups = `[${user.groups.map((g) => JSON.stringify(g)).join(' ')}]`;
  const lines = [...new Set(compact(missing).map(describe))].sort().join('\n');
  const why = `user ${JSON.stringify(user.name)} (groups=${groups}) is attempting to grant RBAC permissions not currently held:\n${lines}`;
  throw forbidden(nameOf(resource), object.metadata.name ?? '', why);
}

/** A rule as single permissions: one verb, one group, one resource, one name. */
function atoms(rule: PolicyRule): PolicyRule[] {
  const urls = (rule.nonResourceURLs ?? []).flatMap((url) => rule.verbs.map((verb) => ({ verbs: [verb], nonResourceURLs: [url] })));
  const names = rule.resourceNames && rule.resourceNames.length > 0 ? rule.resourceNames.map((name) => ({ resourceNames: [name] })) : [{}];
  const resources = (rule.apiGroups ?? []).flatMap((group) =>
    (rule.resources ?? []).flatMap((resource) =>
      rule.verbs.flatMap((verb) => names.map((name) => ({ verbs: [verb], apiGroups: [group], resources: [resource], ...name }))),
    ),
  );
  return [...resources, ...urls];
}

const hasAll = (have: readonly string[] = [], want: readonly string[] = []): boolean =>
  have.includes('*') || want.every((item) => have.includes(item));

function covers(rule: PolicyRule, atom: PolicyRule): boolean {
  if (!hasAll(rule.verbs, atom.verbs)) return false;
  if (atom.nonResourceURLs)
    return atom.nonResourceURLs.every((url) =>
      (rule.nonResourceURLs ?? []).some((u) => u === '*' || u === url || (u.endsWith('*') && url.startsWith(u.slice(0, -1)))),
    );
  const named = (rule.resourceNames ?? []).length === 0 || ((atom.resourceNames ?? []).length > 0 && hasAll(rule.resourceNames, atom.resourceNames));
  return (
    hasAll(rule.apiGroups, atom.apiGroups) &&
    coversResource(rule.resources ?? [], atom.resources?.[0] ?? '') &&
    named &&
    !rule.nonResourceURLs?.length
  );
}

const coversResource = (have: readonly string[], want: string): boolean =>
  have.some((r) => r === '*' || r === want || (r.startsWith('*/') && want.endsWith(r.slice(1))));

/** Permissions that differ only in their verb are shown together. */
function compact(missing: readonly PolicyRule[]): PolicyRule[] {
  const together = new Map<string, PolicyRule>();
  for (const atom of missing) {
    const { verbs, ...rest } = atom;
    const key = JSON.stringify(rest);
    const known = together.get(key);
    together.set(key, { ...atom, verbs: [...new Set([...(known?.verbs ?? []), ...verbs])] });
  }
  return [...together.values()];
}

function describe({ apiGroups, resources, nonResourceURLs, resourceNames, verbs }: PolicyRule): string {
  const parts = Object.entries({
    APIGroups: apiGroups,
    Resources: resources,
    NonResourceURLs: nonResourceURLs,
    ResourceNames: resourceNames,
    Verbs: verbs,
  });
  const shown = parts
    .filter(([, list]) => list && list.length > 0)
    .map(([name, list]) => `${name}:[${(list ?? []).map((v) => JSON.stringify(v)).join(' ')}]`);
  return `{${shown.join(', ')}}`;
}
