import { decodeObject } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { applyAnyPatch } from './patch-types.ts';
import { stored } from './read.ts';
import { updateDecoded } from './update.ts';

export function patchObject(context: ServerContext, rr: ResourceRequest): Result {
  const old = stored(context, rr);
  const object = updateDecoded(context, rr, decodeObject(rr, applyAnyPatch(rr, old)), old);
  return { shape: 'object', object, resource: rr.resource };
}
