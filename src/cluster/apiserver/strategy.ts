import type { FieldError } from '../../api/machinery/field-error.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import type { Clock } from '../../clock/index.ts';
import { metaFindings } from './meta-validation.ts';
import type { ServedResource } from './served-resource.ts';

/** Everything validation has to say about an object about to be stored: metadata first, as upstream. */
export function objectFindings(
  object: KubeObject,
  old: KubeObject | undefined,
  resource: ServedResource,
  clock: Clock,
  subresource = '',
): FieldError[] {
  const { definition } = resource;
  const context = { subresource, now: clock.now() };
  const own = () => {
    if (!old) return definition.validate?.(object, context) ?? [];
    const rules = subresource ? definition.subresources?.[subresource] : undefined;
    if (subresource) return rules?.validateUpdate?.(object, old, context) ?? [];
    return definition.validateUpdate?.(object, old, context) ?? [];
  };
  return [...metaFindings(object, old, resource), ...own()];
}
