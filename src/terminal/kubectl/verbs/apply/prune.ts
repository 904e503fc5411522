import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { Mapping } from '../../client/discovery.ts';
import { resourcePath } from '../../client/mapper.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { nameOf } from '../../print/object-printer.ts';
import type { Info } from '../../resource/selection.ts';
import { lastAppliedAnnotation } from '../../writing/last-applied.ts';
import type { DryRun } from '../../writing/write-flags.ts';

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

interface PruneOptions {
  readonly allowlist: readonly string[];
  readonly selector: string;
  readonly dryRun: DryRun;
}

/** Deletes what an earlier apply made and the manifests no longer hold, in the namespaces that were visited. */
export async function prune(kubectl: Invocation, applied: readonly Info[], options: PruneOptions): Promise<void> {
  const names = options.allowlist.length > 0 ? options.allowlist : [...namespaced, ...(kubectl.namespaceGiven ? [] : clusterWide)];
  const mapper = await kubectl.mapper;
  const mappings = names.map((name) => mappingFor(name, mapper.all));
  const kept = new Set(applied.map(({ mapping, namespace, name }) => `${mapping.kind}.${mapping.group}/${namespace}/${name}`));
  const visited = new Set(applied.map(({ namespace }) => namespace).filter(Boolean));
  if (kubectl.namespaceGiven) visited.add(kubectl.namespace);
  for (const mapping of mappings) {
    for (const namespace of mapping.namespaced ? visited : ['']) await pruneType(kubectl, mapping, namespace, kept, options);
  }
}

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

async function pruneType(
  kubectl: Invocation,
  mapping: Mapping,
  namespace: string,
  kept: ReadonlySet<string>,
  { selector, dryRun }: PruneOptions,
): Promise<void> {
  const list = await kubectl.api.get(resourcePath(mapping, namespace), selector ? { labelSelector: selector } : undefined);
  for (const item of list.items as readonly KubeObject[]) {
    const { name = '', namespace: home = '', annotations } = item.metadata;
    if (!annotations?.[lastAppliedAnnotation] || kept.has(`${mapping.kind}.${mapping.group}/${home}/${name}`)) continue;
    if (dryRun !== 'client') {
      const body = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background', ...(dryRun === 'server' ? { dryRun: ['All'] } : {}) };
      await kubectl.api.delete(resourcePath(mapping, home, name), body);
    }
    const shown = { ...item, kind: mapping.kind, apiVersion: mapping.group ? `${mapping.group}/${mapping.version}` : mapping.version };
    await kubectl.print(`${nameOf(shown)} pruned${dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)'}\n`);
  }
}
