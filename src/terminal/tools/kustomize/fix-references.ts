import { isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { KustomizeError } from './errors.ts';
import { changeField } from './field-path.ts';
import type { FieldSpec } from './field-specs.ts';
import { effectiveNamespace, fits, type GvkPattern, isClusterScoped, showIdentity } from './identity.ts';
import { nameReferences } from './name-references.ts';
import type { Resource } from './resource.ts';

/** Names have changed: whoever refers to something by an old name gets the new one. */
export function fixReferences(resources: readonly Resource[]): void {
  for (const referrer of resources) {
    for (const { target, fields } of nameReferences) {
      for (const field of fields) {
        if (fits(referrer.current, field)) changeField(referrer.object, field, (value) => fixed(value, { referrer, target, field, resources }));
      }
    }
  }
}

interface Reference {
  readonly referrer: Resource;
  readonly target: GvkPattern;
  readonly field: FieldSpec;
  readonly resources: readonly Resource[];
}

/** The field holds a name, a list of names, or structures with a name and perhaps a namespace. */
function fixed(value: unknown, reference: Reference): unknown {
  if (typeof value === 'string') return referral(value, reference.resources, reference)?.name ?? value;
  if (Array.isArray(value)) return value.map((item) => fixed(item, reference));
  return isPlainObject(value) ? fixedStructure(value, reference) : value;
}

function fixedStructure(value: PlainObject, reference: Reference): PlainObject {
  if (typeof value.name !== 'string') return value;
  const { namespace } = value;
  const candidates = typeof namespace === 'string' ? inNamespace(reference.resources, namespace) : reference.resources;
  const found = referral(value.name, candidates, reference);
  if (!found) return value;
  return { ...value, name: found.name, ...(found.namespace ? { namespace: found.namespace } : {}) };
}

function inNamespace(resources: readonly Resource[], namespace: string): readonly Resource[] {
  const once = resources.filter(({ original }) => effectiveNamespace(original) === namespace);
  return once.length > 0 ? once : resources.filter(({ current }) => effectiveNamespace(current) === namespace);
}

/** The one resource that was once called so and that the referrer can mean. */
function referral(oldName: string, candidates: readonly Resource[], { referrer, target, field }: Reference): Resource | undefined {
  const roleRef = field.path.endsWith('roleRef/name') && isPlainObject(referrer.object.roleRef) ? referrer.object.roleRef : undefined;
  const role = roleRef ? { group: String(roleRef.apiGroup ?? ''), kind: String(roleRef.kind ?? '') } : {};
  const possible = candidates.filter(
    (candidate) =>
      candidate.previous.some(({ name }) => name === oldName) &&
      candidate.previous.some((id) => fits(id, target)) &&
      candidate.previous.some((id) => fits(id, role)) &&
      reachable(referrer, candidate),
  );
  if (possible.length <= 1) return possible[0];
  const related = possible.filter((candidate) => sameAffixes(candidate, referrer));
  const [first] = related;
  if (related.every(({ name }) => name === first?.name)) return first;
  throw new KustomizeError(`found multiple possible referrals: ${related.map(({ current }) => showIdentity(current)).join(', ')}`);
}

function reachable(referrer: Resource, candidate: Resource): boolean {
  if (isClusterScoped(referrer.current) || isClusterScoped(candidate.current) || candidate.object.kind === 'ServiceAccount') return true;
  return effectiveNamespace(referrer.current) === effectiveNamespace(candidate.current);
}

const sameAffixes = (a: Resource, b: Resource): boolean =>
  a.prefixes.join('\0') === b.prefixes.join('\0') && a.suffixes.join('\0') === b.suffixes.join('\0');
