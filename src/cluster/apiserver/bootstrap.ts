import { deepFreeze } from '../../api/machinery/deep-freeze.ts';
import { apiVersionOf, type KubeObject } from '../../api/machinery/object.ts';
import { schemaData } from '../../api/schema/data.ts';
import { isoTime } from '../../clock/index.ts';
import type { ServerContext } from './context.ts';
import { countsGenerations, withGeneration } from './object-meta.ts';

const GROUPS: Readonly<Record<string, readonly [string, string]>> = {
  clusterroles: ['rbac.authorization.k8s.io', 'v1'],
  clusterrolebindings: ['rbac.authorization.k8s.io', 'v1'],
  roles: ['rbac.authorization.k8s.io', 'v1'],
  rolebindings: ['rbac.authorization.k8s.io', 'v1'],
  priorityclasses: ['scheduling.k8s.io', 'v1'],
  flowschemas: ['flowcontrol.apiserver.k8s.io', 'v1'],
  prioritylevelconfigurations: ['flowcontrol.apiserver.k8s.io', 'v1'],
  namespaces: ['', 'v1'],
  serviceaccounts: ['', 'v1'],
  services: ['', 'v1'],
};

/** Puts into an empty store what the API server itself creates when it starts; all stores share what the facts hold. */
export function bootstrap(context: ServerContext): void {
  const facts = schemaData<Record<string, Omit<KubeObject, 'apiVersion' | 'kind'>[]>>('bootstrapObjects');
  for (const [resource, [group, version]] of Object.entries(GROUPS)) {
    for (const object of facts[resource] ?? []) put(context, group, version, resource, deepFreeze(object) as KubeObject);
  }
}

function put({ registry, store, clock }: ServerContext, group: string, version: string, name: string, object: KubeObject): void {
  const resource = registry.find(group, version, name);
  if (!resource) throw new Error(`bootstrap objects of ${name}.${group} are not served`);
  const metadata = { ...object.metadata, uid: clock.random.uuid(), creationTimestamp: isoTime(clock.now()) };
  const full: KubeObject = { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind, metadata };
  store.create(resource.bucket, countsGenerations(resource, full) ? withGeneration(full, 1) : full);
}
