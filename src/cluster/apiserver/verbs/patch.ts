import type { KubeObject } from '../../../api/machinery/object.ts';
import { decodeValue, parseBody } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { applyObject } from './apply.ts';
import { APPLY_PATCH, applyAnyPatch, invalidPatch, misfitPatch, patchType, STRATEGIC_PATCH } from './patch-types.ts';
import { stored } from './read.ts';
import { updateDecoded } from './update.ts';

export function patchObject(context: ServerContext, rr: ResourceRequest): Result {
  if (patchType(rr) === APPLY_PATCH) return applyObject(context, rr);
  const old = stored(context, rr);
  const object = updateDecoded(context, rr, patched(rr, old), old);
  return { shape: 'object', object, resource: rr.resource };
}

function patched(rr: ResourceRequest, old: KubeObject): KubeObject {
  const { resource } = rr;
  const value = applyAnyPatch(rr, old, resource.schema());
  const refuse = (why: string) => (patchType(rr) === STRATEGIC_PATCH ? misfitPatch(parseBody(rr).value, why) : invalidPatch(value, why));
  return decodeValue(rr, value, [], refuse);
}
