import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { Mapping } from '../../client/discovery.ts';
import { resourcePath } from '../../client/mapper.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { nameOf } from '../../print/object-printer.ts';
import { type Info, itemInfos } from '../../resource/selection.ts';
import { lastAppliedAnnotation } from '../../writing/last-applied.ts';
import type { Deletion } from '../delete/deletion.ts';

const namespaced = [
  '/v1/ConfigMap',
  '/v1/Endpoints',
  '/v1/PersistentVolumeClaim',
  '/v1/Pod',
  '/v1/ReplicationController',
  '/v1/Secret',
  '/v1/Service',
  'batch/v1/Job',
  'batch/v1/CronJob',
  'networking.k8s.io/v1/Ingress',
  'apps/v1/DaemonSet',
  'apps/v1/Deployment',
  'apps/v1/ReplicaSet',
  'apps/v1/StatefulSet',
];
const clusterWide = ['/v1/Namespace', '/v1/PersistentVolume'];

interface PruneScope {
  readonly allowlist: readonly string[];
  readonly selector: string;
}

interface Found {
  readonly mapping: Mapping;
  readonly object: KubeObject;
}

/** Deletes what an earlier apply made and the manifests no longer hold. */
export async function prune(
  kubectl: Invocation,
  applied: readonly Info[],
  options: PruneScope & Pick<Deletion, 'dryRun' | 'propagation'>,
): Promise<void> {
  const { dryRun, propagation } = options;
  for (const { mapping, object } of await prunable(kubectl, applied, options)) {
    if (dryRun !== 'client') {
      const body = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: propagation, ...(dryRun === 'server' ? { dryRun: ['All'] } : {}) };
      await kubectl.api.delete(resourcePath(mapping, object.metadata.namespace ?? '', object.metadata.name ?? ''), body);
    }
    await kubectl.print(`${nameOf(object)} pruned${dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)'}\n`);
  }
}

/** What an earlier apply made and the manifests no longer hold, in the namespaces that were visited. */
export async function prunable(kubectl: Invocation, applied: readonly Info[], { allowlist, selector }: PruneScope): Promise<Found[]> {
  const names = allowlist.length > 0 ? allowlist : [...namespaced, ...(kubectl.namespaceGiven ? [] : clusterWide)];
  const mapper = await kubectl.mapper;
  const mappings = names.map((name) => mappingFor(name, mapper.all));
  const kept = new Set(applied.map(({ mapping, namespace, name }) => `${mapping.kind}.${mapping.group}/${namespace}/${name}`));
  const visited = new Set(applied.map(({ namespace }) => namespace).filter(Boolean));
  if (kubectl.namespaceGiven) visited.add(kubectl.namespace);
  const found: Found[] = [];
  const query = selector ? { labelSelector: selector } : undefined;
  for (const mapping of mappings) {
    for (const namespace of mapping.namespaced ? visited : ['']) {
      const list = await kubectl.api.get(resourcePath(mapping, namespace), query);
      found.push(...appliedBefore(itemInfos(list, mapping), kept));
    }
  }
  return found;
}

const appliedBefore = (infos: readonly Info[], kept: ReadonlySet<string>): Info[] =>
  infos.filter(
    ({ mapping, namespace, name, object }) =>
      object.metadata.annotations?.[lastAppliedAnnotation] && !kept.has(`${mapping.kind}.${mapping.group}/${namespace}/${name}`),
  );

function mappingFor(name: string, all: readonly Mapping[]): Mapping {
  const parts = name.split('/');
  if (parts.length !== 3) throw new UsageError(`invalid GroupVersionKind format: ${name}, please follow <group/version/kind>`);
  const [group = '', version, kind] = parts;
  const found = all.find(
    (mapping) => (mapping.group === group || (group === 'core' && mapping.group === '')) && mapping.version === version && mapping.kind === kind,
  );
  if (!found)
    throw new UsageError(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(group ? `${group}/${version}` : version)}`);
  return found;
}
