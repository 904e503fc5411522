import type { Namespace } from '../../../api/schema/generated/types.ts';
import { decodeObject } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { commitDelete, commitUpdate } from '../verbs/commit.ts';
import { stored } from '../verbs/read.ts';

/** Replaces a namespace's own finalizers; the last one to go takes the namespace with it. */
export function finalizeNamespace(context: ServerContext, rr: ResourceRequest): Result {
  const old = stored(context, rr);
  const { spec } = decodeObject(rr) as unknown as Namespace;
  const object = commitUpdate(context, rr, { ...old, spec: { ...spec } }, old);
  const done =
    object.metadata.deletionTimestamp !== undefined && (spec?.finalizers ?? []).length === 0 && (object.metadata.finalizers ?? []).length === 0;
  return { shape: 'object', object: done ? commitDelete(context, rr, object) : object, resource: rr.resource };
}
