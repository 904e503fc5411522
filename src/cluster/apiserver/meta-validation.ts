import { validateObjectMeta, validateObjectMetaUpdate } from '../../api/kinds/object-meta.ts';
import type { FieldError } from '../../api/machinery/field-error.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import type { ServedResource } from './served-resource.ts';

export function metaFindings({ metadata }: KubeObject, old: KubeObject | undefined, { definition, namespaced }: ServedResource): FieldError[] {
  if (old) return validateObjectMetaUpdate(metadata, old.metadata);
  return validateObjectMeta(metadata, { namespaced, ...(definition.nameRule ? { nameRule: definition.nameRule } : {}) });
}
