import { Namespaces, ServiceAccounts } from '../../api/kinds/resource-types.ts';
import { isStatusError } from '../../api/machinery/status-error.ts';
import { type ControllerDefinition, defineController, watch } from './define-controller.ts';
import { isNamespaceTerminating } from './workload/pod-control.ts';

/** Every live namespace has a ServiceAccount `default`. */
export const serviceAccount: ControllerDefinition = defineController({
  name: 'serviceaccount-controller',
  serviceAccount: 'service-account-controller',
  watches: [
    watch(Namespaces, ({ metadata }) => [metadata.name ?? '']),
    watch(ServiceAccounts, ({ metadata }) => (metadata.name === 'default' ? [metadata.namespace ?? ''] : [])),
  ],
  reconcile: async (name, { api, informers }) => {
    const namespace = informers.for(Namespaces).get('', name);
    if (!namespace || namespace.status?.phase === 'Terminating' || namespace.metadata.deletionTimestamp) return;
    if (informers.for(ServiceAccounts).get(name, 'default')) return;
    try {
      await api.create(ServiceAccounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
    } catch (error) {
      if (!isStatusError(error, 'AlreadyExists') && !isNamespaceTerminating(error)) throw error;
    }
  },
});
