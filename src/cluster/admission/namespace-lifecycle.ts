import { forbidden, notFound, StatusError } from '../../api/machinery/status-error.ts';
import { type AdmissionRequest, type AdmissionView, defineAdmission } from './admission-plugin.ts';
import { refuse } from './refuse.ts';

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public']);

export const namespaceLifecycle = defineAdmission({
  name: 'NamespaceLifecycle',
  operations: ['CREATE', 'UPDATE', 'DELETE'],
  mutate: (object, request, view) => {
    check({ ...request, object }, view);
    return object;
  },
  validate: (request, view) => {
    if (request.operation === 'DELETE') check(request, view);
  },
});

function check(request: AdmissionRequest, view: AdmissionView): void {
  const { resource, operation, namespace, name } = request;
  const isNamespace = resource.group === '' && resource.resource === 'namespaces';
  if (operation === 'DELETE' && isNamespace && IMMORTAL.has(name)) throw forbidden(resource, name, 'this namespace may not be deleted');
  if (isNamespace || !namespace || operation === 'DELETE' || resource.resource === 'localsubjectaccessreviews') return;
  const found = view.get('', 'namespaces', '', namespace);
  if (!found) throw notFound({ group: '', resource: 'namespaces' }, namespace);
  const { phase } = (found.status ?? {}) as { phase?: string };
  if (operation === 'CREATE' && phase === 'Terminating') throw terminating(request);
}

function terminating(request: AdmissionRequest): StatusError {
  const { namespace } = request;
  const { status } = refuse(request, `unable to create new content in namespace ${namespace} because it is being terminated`);
  const cause = { reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace' };
  return StatusError.from({ ...status, details: { ...status.details, causes: [cause] } });
}
