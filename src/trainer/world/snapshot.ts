import type { Transport } from '../../api/client/transport.ts';
import { parseSelector } from '../../api/machinery/label-parser.ts';
import { matchesLabels as matches } from '../../api/machinery/labels.ts';
import type { KubeObject } from '../../api/machinery/object.ts';

export interface Snapshot {
  /** A kind as written in manifests (`Deployment`), its singular or its plural; a group may follow a dot. */
  get(kind: string, name: string, namespace?: string): KubeObject | undefined;
  list(kind: string, namespace?: string): readonly KubeObject[];
  all(): readonly KubeObject[];
}

interface Listed {
  readonly names: readonly string[];
  readonly objects: readonly KubeObject[];
}

/** Reads every object of a cluster once, custom resources included. */
export async function takeSnapshot(transport: Transport): Promise<Snapshot> {
  const listed: Listed[] = [];
  for (const { path, group, resources } of await servedGroups(transport)) {
    for (const resource of resources) {
      if (resource.name.includes('/') || !resource.verbs.includes('list')) continue;
      const { body } = await transport({ method: 'GET', path: `${path}/${resource.name}` });
      const items = (body as { items?: readonly KubeObject[] }).items ?? [];
      const names = [resource.kind, resource.singularName, resource.name].map((name) => name.toLowerCase());
      listed.push({ names: [...names, ...names.map((name) => `${name}.${group}`)], objects: items });
    }
  }
  const list = (kind: string, namespace?: string) => {
    const objects = listed.find(({ names }) => names.includes(kind.toLowerCase()))?.objects ?? [];
    return namespace === undefined ? objects : objects.filter(({ metadata }) => metadata.namespace === namespace);
  };
  return {
    list,
    all: () => listed.flatMap(({ objects }) => objects),
    get: (kind, name, namespace) => list(kind, namespace).find(({ metadata }) => metadata.name === name),
  };
}

interface ResourceList {
  resources: { name: string; singularName: string; kind: string; verbs: string[] }[];
}

async function servedGroups(transport: Transport) {
  const get = async (path: string) => (await transport({ method: 'GET', path })).body;
  const { groups } = (await get('/apis')) as { groups: { name: string; preferredVersion: { groupVersion: string } }[] };
  const paths = [{ path: '/api/v1', group: '' }, ...groups.map((g) => ({ path: `/apis/${g.preferredVersion.groupVersion}`, group: g.name }))];
  return Promise.all(paths.map(async (entry) => ({ ...entry, resources: ((await get(entry.path)) as ResourceList).resources })));
}

export const matchesLabels = (object: KubeObject, selector: string): boolean => matches(parseSelector(selector), object.metadata.labels);
