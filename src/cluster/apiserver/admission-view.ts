import type { AdmissionView } from '../admission/admission-plugin.ts';
import type { ServerContext } from './context.ts';

/** What admission plugins may see and do. */
export function admissionView({
  clock,
  store,
  registry,
  authorizer,
}: Pick<ServerContext, 'clock' | 'store' | 'registry' | 'authorizer'>): AdmissionView {
  const bucket = (group: string, resource: string) => registry.findAnyVersion(group, resource)?.bucket ?? `${group}/${resource}`;
  return {
    clock,
    get: (group, resource, namespace, name) => store.get(bucket(group, resource), namespace, name),
    list: (group, resource, namespace) => store.list(bucket(group, resource), namespace),
    allowed: (user, { verb, group, resource, subresource = '', namespace = '', name = '' }) =>
      authorizer.authorize({ user, verb, isResource: true, group, version: '*', resource, subresource, namespace, name, path: '' }).allowed,
    allowedPath: (user, verb, path) =>
      authorizer.authorize({ user, verb, isResource: false, group: '', version: '', resource: '', subresource: '', namespace: '', name: '', path })
        .allowed,
    resourceOf: (group, version, kind) => registry.findKind(group, version, kind),
    record: (group, resource, object) => void store.update(bucket(group, resource), object),
  };
}
