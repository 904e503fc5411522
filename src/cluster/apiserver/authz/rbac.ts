import type { KubeObject } from '../../../api/machinery/object.ts';
import type { PolicyRule, RoleRef, Subject } from '../../../api/schema/generated/types.ts';
import type { Store } from '../../store/index.ts';
import { serviceAccountName, type UserInfo } from '../user.ts';
import type { Attributes, Authorizer, Decision } from './authorizer.ts';
import { ruleAllows } from './rule.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** A rule that applies to a user, and the binding that grants it. */
export interface Grant {
  readonly rule: PolicyRule;
  readonly because: string;
  readonly namespace: string;
}

export function createRbacAuthorizer(store: Store): Authorizer {
  return { authorize: (attributes) => decide(store, attributes) };
}

function decide(store: Store, attributes: Attributes): Decision {
  const missing: string[] = [];
  for (const { rule, because } of grantsOf(store, attributes.user, attributes.isResource ? attributes.namespace : '', missing)) {
    if (ruleAllows(rule, attributes)) return { allowed: true, reason: because };
  }
  const errors = missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`;
  return { allowed: false, reason: missing.length > 0 ? `RBAC: ${errors}` : '' };
}

/** All rules that hold for a user in a namespace; names of roles that bindings name in vain are put into `missing`. */
export function* grantsOf(store: Store, user: UserInfo, namespace: string, missing: string[] = []): Generator<Grant> {
  yield* fromBindings(store, store.list(`${GROUP}/clusterrolebindings`), user, '', missing);
  if (namespace) yield* fromBindings(store, store.list(`${GROUP}/rolebindings`, namespace), user, namespace, missing);
}

function* fromBindings(store: Store, bindings: readonly KubeObject[], user: UserInfo, namespace: string, missing: string[]): Generator<Grant> {
  for (const { binding, subject } of bindingsOf(user, bindings, namespace)) {
    const ref = binding.roleRef as RoleRef;
    const role = findRole(store, ref, namespace);
    if (!role) {
      const kind = ref.kind === 'Role' ? 'role' : 'clusterrole';
      missing.push(`${kind}.${GROUP} ${JSON.stringify(ref.name)} not found`);
      continue;
    }
    const because = describe(binding, ref, subject);
    for (const rule of (role.rules ?? []) as readonly PolicyRule[]) yield { rule, because, namespace };
  }
}

interface Bound {
  readonly binding: KubeObject;
  readonly subject: Subject;
}

/** By the store's own listings, which are other arrays as soon as anything in them changes. */
const known = new WeakMap<readonly KubeObject[], Map<string, readonly Bound[]>>();

function bindingsOf(user: UserInfo, bindings: readonly KubeObject[], namespace: string): readonly Bound[] {
  const users = known.get(bindings) ?? new Map<string, readonly Bound[]>();
  known.set(bindings, users);
  const key = `${user.name}\n${user.groups.join('\n')}`;
  const before = users.get(key);
  if (before) return before;
  const found = bindings.flatMap((binding) => {
    const subject = ((binding.subjects ?? []) as readonly Subject[]).find((s) => appliesTo(s, user, namespace));
    return subject ? [{ binding, subject }] : [];
  });
  users.set(key, found);
  return found;
}

export function findRole(store: Store, { kind, name }: RoleRef, namespace: string): KubeObject | undefined {
  return kind === 'Role' ? store.get(`${GROUP}/roles`, namespace, name) : store.get(`${GROUP}/clusterroles`, '', name);
}

function appliesTo(subject: Subject, user: UserInfo, namespace: string): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.name;
    case 'Group':
      return user.groups.includes(subject.name);
    case 'ServiceAccount': {
      const from = subject.namespace || namespace;
      return from !== '' && serviceAccountName(from, subject.name) === user.name;
    }
    default:
      return false;
  }
}

function describe({ kind, metadata }: KubeObject, ref: RoleRef, subject: Subject): string {
  const name = metadata.namespace ? `${metadata.name}/${metadata.namespace}` : metadata.name;
  const who = subject.kind === 'ServiceAccount' ? `${subject.name}/${subject.namespace}` : subject.name;
  return `RBAC: allowed by ${kind} ${JSON.stringify(name)} of ${ref.kind} ${JSON.stringify(ref.name)} to ${subject.kind} ${JSON.stringify(who)}`;
}
