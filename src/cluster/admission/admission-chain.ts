import type { KubeObject } from '../../api/machinery/object.ts';
import { qualified } from '../../api/machinery/status-error.ts';
import type { AdmissionPlugin, AdmissionRequest, AdmissionView } from './admission-plugin.ts';

/** All plugins as one: first every mutation, later, on the finished object, every validation. */
export interface AdmissionChain {
  mutate(request: AdmissionRequest): KubeObject;
  validate(request: AdmissionRequest): void;
}

export function createAdmissionChain(plugins: readonly AdmissionPlugin[], view: AdmissionView): AdmissionChain {
  const byTarget = new Map<string, readonly AdmissionPlugin[]>();
  const concerned = (request: AdmissionRequest): readonly AdmissionPlugin[] => {
    const { operation, resource, subresource } = request;
    const target = `${operation} ${resource.group}/${resource.resource}/${subresource}`;
    const known = byTarget.get(target);
    if (known) return known;
    const found = plugins.filter((plugin) => handles(plugin, request));
    byTarget.set(target, found);
    return found;
  };
  return {
    mutate: (request) => {
      if (!request.object) throw new Error('there is nothing to mutate');
      return concerned(request).reduce<KubeObject>(
        (object, plugin) => plugin.mutate?.(object, { ...request, object }, view) ?? object,
        request.object,
      );
    },
    validate: (request) => {
      for (const plugin of concerned(request)) plugin.validate?.(request, view);
    },
  };
}

function handles({ operations, resources }: AdmissionPlugin, { operation, resource, subresource }: AdmissionRequest): boolean {
  if (!operations.includes(operation)) return false;
  if (!resources) return true;
  return resources.includes(subresource ? `${qualified(resource)}/${subresource}` : qualified(resource));
}
