import { selects } from '../../../api/machinery/labels.ts';
import { type KubeObject, parseApiVersion } from '../../../api/machinery/object.ts';
import type { ParamKind, ParamRef } from '../../../api/schema/generated/types.ts';
import type { AdmissionView } from '../admission-plugin.ts';

/** A policy or binding is not set up in a way that lets it decide. */
export class ConfigurationError extends Error {}

/** The objects that a binding evaluates its policy with; `undefined` stands for none at all. */
export function paramsFor(
  kind: ParamKind | undefined,
  ref: ParamRef | undefined,
  namespace: string,
  view: AdmissionView,
): (KubeObject | undefined)[] {
  if (!kind || !ref) return [undefined];
  const found = findParams(kind, ref, namespace, view);
  if (found.length === 0 && ref.parameterNotFoundAction === 'Deny') {
    throw new ConfigurationError('no params found for policy binding with `Deny` parameterNotFoundAction');
  }
  return found;
}

export function paramResource({ apiVersion = '', kind = '' }: ParamKind, view: AdmissionView) {
  const { group, version } = parseApiVersion(apiVersion);
  return view.resourceOf(group, version, kind);
}

function findParams(kind: ParamKind, ref: ParamRef, requested: string, view: AdmissionView): KubeObject[] {
  const type = paramResource(kind, view);
  if (!type) throw new ConfigurationError(`failed to find resource referenced by paramKind: '${kind.apiVersion}, Kind=${kind.kind}'`);
  if (ref.namespace && !type.namespaced) throw new ConfigurationError('paramRef.namespace must not be provided for a cluster-scoped `paramKind`');
  const namespace = type.namespaced ? ref.namespace || requested : '';
  if (type.namespaced && !namespace) {
    throw new ConfigurationError('cannot use namespaced paramRef in policy binding that matches cluster-scoped resources');
  }
  if (ref.name) {
    const found = view.get(type.group, type.resource, namespace, ref.name);
    return found ? [found] : [];
  }
  return view.list(type.group, type.resource, namespace || undefined).filter(({ metadata }) => selects(ref.selector, metadata.labels));
}
