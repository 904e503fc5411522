import { ConfigMaps, Namespaces } from '../../api/kinds/resource-types.ts';
import { deepEqual } from '../../api/machinery/deep-equal.ts';
import { isStatusError } from '../../api/machinery/status-error.ts';
import { type ControllerDefinition, defineController, watch } from './define-controller.ts';
import { isNamespaceTerminating } from './workload/pod-control.ts';

const NAME = 'kube-root-ca.crt';
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. ' +
  'No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Every live namespace has the cluster's CA in a ConfigMap. */
export const rootCaPublisher = (rootCa: string): ControllerDefinition =>
  defineController({
    name: 'root-ca-certificate-publisher-controller',
    serviceAccount: 'root-ca-cert-publisher',
    watches: [
      watch(Namespaces, ({ metadata }) => [metadata.name ?? '']),
      watch(ConfigMaps, ({ metadata }) => (metadata.name === NAME ? [metadata.namespace ?? ''] : [])),
    ],
    reconcile: async (namespace, { api, informers }) => {
      const owner = informers.for(Namespaces).get('', namespace);
      if (!owner || owner.status?.phase === 'Terminating' || owner.metadata.deletionTimestamp) return;
      const data = { 'ca.crt': rootCa };
      const annotations = { 'kubernetes.io/description': DESCRIPTION };
      const there = informers.for(ConfigMaps).get(namespace, NAME);
      try {
        if (!there) {
          await api.create(ConfigMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: NAME, namespace, annotations }, data });
        } else if (!deepEqual(there.data, data)) {
          await api.update(ConfigMaps, {
            ...there,
            metadata: { ...there.metadata, annotations: { ...there.metadata.annotations, ...annotations } },
            data,
          });
        }
      } catch (error) {
        if (!isStatusError(error, 'AlreadyExists') && !isNamespaceTerminating(error)) throw error;
      }
    },
  });
