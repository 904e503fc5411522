import { type FieldError, FieldPath, invalidValue, required } from '../../api/machinery/field-error.ts';
import { isDns1035Label, isDns1123Label, isDns1123Subdomain, isPathSegmentName } from '../../api/machinery/names.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import type { ServedResource } from './served-resource.ts';

const RULES = {
  'dns-subdomain': isDns1123Subdomain,
  'dns-label': isDns1123Label,
  'dns-1035-label': isDns1035Label,
  'path-segment': isPathSegmentName,
} as const;

export function metaFindings(object: KubeObject, old: KubeObject | undefined, { definition }: ServedResource): FieldError[] {
  const path = new FieldPath('metadata');
  const { name } = object.metadata;
  if (old) return [];
  if (!name) return [required(path.child('name'), 'name or generateName is required')];
  return RULES[definition.nameRule ?? 'dns-subdomain'](name).map((why) => invalidValue(path.child('name'), name, why));
}
