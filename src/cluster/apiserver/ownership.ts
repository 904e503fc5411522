import { applyConfiguration, type FieldManager, trackUpdate } from '../../api/machinery/managed-fields.ts';
import { apiVersionOf, type KubeObject } from '../../api/machinery/object.ts';
import { PatchError } from '../../api/machinery/patch-error.ts';
import { zeroOf } from '../../api/schema/zero-values.ts';
import { isoTime } from '../../clock/index.ts';
import type { ResourceRequest, ServerContext } from './context.ts';
import { hasSubresource, type ServedResource } from './served-resource.ts';

/** Records in metadata.managedFields what this request set; an object whose lists have no keys to go by is left without owners. */
export function withOwnership(context: ServerContext, rr: ResourceRequest, object: KubeObject, live: KubeObject | undefined): KubeObject {
  try {
    return trackUpdate(rr.resource.schema(), live, object, managerOf(context, rr), zeroObject(rr.resource));
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    const { managedFields: _, ...metadata } = object.metadata;
    return { ...object, metadata };
  }
}

/** The object after server-side apply of `config`, owners and all. */
export function applied(context: ServerContext, rr: ResourceRequest, config: KubeObject, live: KubeObject | undefined, force: boolean): KubeObject {
  return applyConfiguration(rr.resource.schema(), live, config, managerOf(context, rr), { force, zero: zeroObject(rr.resource) });
}

function managerOf({ clock }: ServerContext, { resource, info, fieldManager }: ResourceRequest): FieldManager {
  const { subresource } = info;
  const resets =
    resource.definition.resetFields?.(subresource) ?? (subresource === 'status' ? ['spec'] : hasSubresource(resource, 'status') ? ['status'] : []);
  return {
    name: fieldManager,
    apiVersion: apiVersionOf(resource),
    time: isoTime(clock.now()),
    resets,
    ...(subresource ? { subresource } : {}),
  };
}

const zeroObject = (resource: ServedResource): unknown => (resource.custom ? {} : zeroOf(resource.schema()));
