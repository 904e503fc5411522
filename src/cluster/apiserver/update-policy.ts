import { FieldPath, invalidValue } from '../../api/machinery/field-error.ts';
import { invalid } from '../../api/machinery/status-error.ts';
import type { ServedResource } from './served-resource.ts';

/** Resources that a PUT creates where they are not. */
const CREATED_BY_PUT = new Set([
  '/endpoints',
  '/events',
  '/limitranges',
  '/services',
  'coordination.k8s.io/leases',
  'events.k8s.io/events',
  'node.k8s.io/runtimeclasses',
  'rbac.authorization.k8s.io/clusterrolebindings',
  'rbac.authorization.k8s.io/clusterroles',
  'rbac.authorization.k8s.io/rolebindings',
  'rbac.authorization.k8s.io/roles',
]);

/** Resources of which a PUT must say what version it replaces; custom resources are others. */
const CONDITIONAL = new Set([
  'admissionregistration.k8s.io/mutatingadmissionpolicies',
  'admissionregistration.k8s.io/mutatingadmissionpolicybindings',
  'admissionregistration.k8s.io/mutatingwebhookconfigurations',
  'admissionregistration.k8s.io/validatingadmissionpolicies',
  'admissionregistration.k8s.io/validatingadmissionpolicybindings',
  'admissionregistration.k8s.io/validatingwebhookconfigurations',
  'apiextensions.k8s.io/customresourcedefinitions',
  'apiregistration.k8s.io/apiservices',
  'coordination.k8s.io/leases',
  'node.k8s.io/runtimeclasses',
  'policy/poddisruptionbudgets',
  'storage.k8s.io/csidrivers',
  'storage.k8s.io/csinodes',
  'storage.k8s.io/csistoragecapacities',
  'storage.k8s.io/volumeattachments',
]);

const key = ({ group, resource }: ServedResource): string => `${group}/${resource}`;

export const isCreatedByPut = (resource: ServedResource): boolean => !resource.custom && CREATED_BY_PUT.has(key(resource));

/** Throws Invalid, named after the resource as upstream does, where an update without a version is refused. */
export function refuseUnconditional(resource: ServedResource, name: string): void {
  if (!resource.custom && !CONDITIONAL.has(key(resource))) return;
  const { type, field, message } = invalidValue(new FieldPath('metadata').child('resourceVersion'), 0, 'must be specified for an update');
  throw invalid({ group: resource.group, kind: resource.resource }, name, [{ reason: type, message, field }]);
}
