import type { ServedResource } from '../served-resource.ts';
import type { SchemaObject } from './schemas.ts';

const parameter = (name: string, v3: boolean): SchemaObject =>
  v3 ? { name, in: 'query', schema: { type: 'string', uniqueItems: true } } : { name, in: 'query', type: 'string', uniqueItems: true };

const WRITES = ['dryRun', 'fieldManager', 'fieldValidation'];

/** The operations on each resource: enough for clients to learn which kind lives where and what they may ask of it. */
export function pathsOf(resources: readonly ServedResource[], v3: boolean): Record<string, SchemaObject> {
  return Object.assign({}, ...resources.map((resource) => resourcePaths(resource, v3)));
}

function resourcePaths(r: ServedResource, v3: boolean): Record<string, SchemaObject> {
  const root = r.group ? `/apis/${r.group}/${r.version}` : `/api/${r.version}`;
  const list = r.namespaced ? `${root}/namespaces/{namespace}/${r.resource}` : `${root}/${r.resource}`;
  const gvk = { group: r.group, version: r.version, kind: r.kind };
  const operation = (action: string, writes: boolean): SchemaObject => ({
    responses: { 200: { description: 'OK' } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk,
    ...(writes ? { parameters: WRITES.map((name) => parameter(name, v3)) } : {}),
  });
  const has = (verb: string) => r.verbs.includes(verb);
  const collection = { ...(has('list') ? { get: operation('list', false) } : {}), ...(has('create') ? { post: operation('post', true) } : {}) };
  const single = {
    ...(has('get') ? { get: operation('get', false) } : {}),
    ...(has('update') ? { put: operation('put', true) } : {}),
    ...(has('patch') ? { patch: operation('patch', true) } : {}),
    ...(has('delete') ? { delete: operation('delete', false) } : {}),
  };
  return { [list]: collection, ...(Object.keys(single).length > 0 ? { [`${list}/{name}`]: single } : {}) };
}
