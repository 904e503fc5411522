import { type FieldSelector, FieldSelectorError, matchesFields, parseFieldSelector } from '../../api/machinery/fields.ts';
import { parseSelector } from '../../api/machinery/label-parser.ts';
import { matchesLabels, type Selector, SelectorError } from '../../api/machinery/labels.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import { badRequest } from '../../api/machinery/status-error.ts';
import type { ResourceRequest } from './context.ts';
import { queryValue } from './request-info.ts';
import type { ServedResource } from './served-resource.ts';

export type Selection = (object: KubeObject) => boolean;

/** The objects that a list, a watch or a deletecollection is about. */
export function selection(rr: ResourceRequest): Selection {
  const labels = labelSelector(queryValue(rr.request, 'labelSelector') ?? '');
  const fields = fieldSelector(queryValue(rr.request, 'fieldSelector') ?? '', rr.resource);
  const { name } = rr.info;
  if (labels.length === 0 && fields.length === 0 && !name) return () => true;
  return (object) =>
    (!name || object.metadata.name === name) &&
    matchesLabels(labels, object.metadata.labels) &&
    matchesFields(fields, (field) => fieldValue(object, field, rr.resource));
}

function labelSelector(text: string): Selector {
  try {
    return text ? parseSelector(text) : [];
  } catch (error) {
    if (error instanceof SelectorError) throw badRequest(error.message);
    throw error;
  }
}

function fieldSelector(text: string, resource: ServedResource): FieldSelector {
  try {
    const selector = text ? parseFieldSelector(text) : [];
    for (const { field } of selector) checkField(field, resource);
    return selector;
  } catch (error) {
    if (error instanceof FieldSelectorError) throw badRequest(error.message);
    throw error;
  }
}

function checkField(field: string, { definition, namespaced, custom }: ServedResource): void {
  if (field === 'metadata.name' || (field === 'metadata.namespace' && namespaced)) return;
  if (definition.selectableFields?.[field]) return;
  if (custom || definition.selectableFields) throw badRequest(`field label not supported: ${field}`);
  throw badRequest(`"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
}

function fieldValue(object: KubeObject, field: string, { definition }: ServedResource): string {
  if (field === 'metadata.name') return object.metadata.name ?? '';
  if (field === 'metadata.namespace') return object.metadata.namespace ?? '';
  return definition.selectableFields?.[field]?.(object) ?? '';
}
