import { parseSelector } from '../../../api/machinery/label-parser.ts';
import { matchesLabels } from '../../../api/machinery/labels.ts';
import { KustomizeError } from './errors.ts';
import { effectiveNamespace, type Identity } from './identity.ts';
import type { TargetSelector } from './kustomization.ts';
import type { Resource } from './resource.ts';

/** The resources that a patch's target means; its texts are patterns of whole names. */
export function selected(resources: readonly Resource[], target: TargetSelector): Resource[] {
  return resources.filter((resource) => {
    const { original, current } = resource;
    const either = (pattern: string | undefined, text: (id: Identity) => string) => whole(pattern, text(original)) || whole(pattern, text(current));
    return (
      either(target.namespace, effectiveNamespace) &&
      either(target.name, ({ name }) => name) &&
      matchesType(current, target) &&
      matchesMarks(resource, target)
    );
  });
}

export const matchesType = (id: Identity, { group, version, kind }: TargetSelector): boolean =>
  whole(group, id.group) && whole(version, id.version) && whole(kind, id.kind);

export const matchesIdentity = (id: Identity, target: TargetSelector): boolean =>
  matchesType(id, target) && whole(target.name, id.name) && whole(target.namespace, effectiveNamespace(id));

export const matchesMarks = (resource: Resource, { labelSelector, annotationSelector }: TargetSelector): boolean =>
  chosen(labelSelector, resource.strings('labels')) && chosen(annotationSelector, resource.strings('annotations'));

function chosen(selector: string | undefined, marks: Readonly<Record<string, string>>): boolean {
  if (!selector) return true;
  try {
    return matchesLabels(parseSelector(selector), marks);
  } catch (error) {
    throw new KustomizeError(error instanceof Error ? error.message : String(error));
  }
}

export function whole(pattern: string | undefined, text: string): boolean {
  if (!pattern) return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    throw new KustomizeError(`error parsing regexp: ${pattern}`);
  }
}
