import { FieldPath, invalidValue } from '../../../api/machinery/field-error.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { conflict, notFound } from '../../../api/machinery/status-error.ts';
import type { Scale } from '../../../api/schema/generated/types.ts';
import { decodeAs, decodeKind } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { numberAt, withValueAt } from '../field-access.ts';
import { requireValid } from '../requirements.ts';
import { nameOf } from '../served-resource.ts';
import { MODIFIED } from '../verbs/commit.ts';
import { applyAnyPatch } from '../verbs/patch-types.ts';
import { stored } from '../verbs/read.ts';
import { updateDecoded } from '../verbs/update.ts';

const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

export function scaleSubresource(context: ServerContext, rr: ResourceRequest): Result {
  const old = stored(context, rr);
  const shown = scaleOf(old, rr);
  if (rr.info.verb === 'get') return { shape: 'raw', body: shown };
  const decoded = rr.info.verb === 'patch' ? decodeKind(rr, SCALE, applyAnyPatch(rr, shown, undefined)) : decodeAs(rr, SCALE);
  const wanted = decoded as unknown as Scale;
  const replicas = wanted.spec?.replicas ?? 0;
  if (replicas < 0) {
    const path = new FieldPath('spec').child('replicas');
    requireValid({ ...rr.resource, group: 'autoscaling', kind: 'Scale' }, rr.info.name, [
      invalidValue(path, replicas, 'must be greater than or equal to 0'),
    ]);
  }
  const { resourceVersion } = wanted.metadata ?? {};
  if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) throw conflict(nameOf(rr.resource), rr.info.name, MODIFIED);
  const path = rr.resource.definition.scale?.replicas ?? 'spec.replicas';
  const scaled = withValueAt(old, path.replace(/^\./, '').split('.'), replicas);
  const show = (object: KubeObject) => scaleOf(object, rr) as unknown as KubeObject;
  const main = { ...rr, info: { ...rr.info, subresource: '' } };
  return { shape: 'raw', body: scaleOf(updateDecoded(context, main, scaled, old, false, { subresource: 'scale', show }), rr) };
}

function scaleOf(object: KubeObject, { resource }: ResourceRequest): Scale {
  const { scale } = resource.definition;
  if (!scale) throw notFound(nameOf(resource), `${object.metadata.name}/scale`);
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const metadata = { name, namespace, uid, resourceVersion, creationTimestamp } as Scale['metadata'];
  const selector = scale.selector(object);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata,
    spec: { replicas: numberAt(object, scale.replicas) ?? 0 },
    status: { replicas: numberAt(object, scale.statusReplicas) ?? 0, ...(selector ? { selector } : {}) },
  };
}
