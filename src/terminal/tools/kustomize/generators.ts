import type { PlainObject } from '../../../api/machinery/json.ts';
import { KustomizeError, within } from './errors.ts';
import type { Folder } from './folder.ts';
import { type KeyValue, keyValues } from './key-values.ts';
import type { GeneratorEntry, GeneratorOptions, Kustomization } from './kustomization.ts';
import { type Behavior, Resource } from './resource.ts';

/** The ConfigMaps and Secrets that a kustomization makes of files and literals. */
export function generate(folder: Folder, kustomization: Kustomization): Resource[] {
  const { configMapGenerator = [], secretGenerator = [], generatorOptions } = kustomization;
  return [
    ...configMapGenerator.map((entry) => generated(folder, 'ConfigMap', entry, generatorOptions)),
    ...secretGenerator.map((entry) => generated(folder, 'Secret', entry, generatorOptions)),
  ];
}

type Kind = 'ConfigMap' | 'Secret';

function generated(folder: Folder, kind: Kind, entry: GeneratorEntry, global: GeneratorOptions | undefined): Resource {
  if (!entry.name) throw new KustomizeError('a configmap must have a name');
  const options = merged(entry.options, global);
  const pairs = within('loading KV pairs', () => keyValues(folder, entry));
  refuseRepeats(entry.name, pairs);
  const metadata: PlainObject = { name: entry.name, ...(entry.namespace ? { namespace: entry.namespace } : {}) };
  for (const field of ['labels', 'annotations'] as const) {
    if (Object.keys(options[field] ?? {}).length > 0) metadata[field] = { ...options[field] };
  }
  const resource = new Resource({
    apiVersion: 'v1',
    kind,
    metadata,
    ...(kind === 'Secret' ? { type: entry.type || 'Opaque' } : {}),
    ...dataOf(kind, pairs),
    ...(options.immutable ? { immutable: true } : {}),
  });
  resource.needsHash = !options.disableNameSuffixHash;
  resource.behavior = behaviorOf(entry.behavior);
  return resource;
}

const behaviorOf = (text: string | undefined): Behavior => (text === 'merge' || text === 'replace' ? text : 'create');

/** The entry's own options win, except that what is switched on for all stays on. */
function merged(own: GeneratorOptions = {}, global: GeneratorOptions = {}): GeneratorOptions {
  return {
    labels: { ...global.labels, ...own.labels },
    annotations: { ...global.annotations, ...own.annotations },
    disableNameSuffixHash: Boolean(own.disableNameSuffixHash || global.disableNameSuffixHash),
    immutable: Boolean(own.immutable || global.immutable),
  };
}

function refuseRepeats(name: string, pairs: readonly KeyValue[]): void {
  const seen = new Set<string>();
  for (const { key } of pairs) {
    if (seen.has(key)) throw new KustomizeError(`configmap ${name} illegally repeats the key \`${key}\``);
    seen.add(key);
  }
}

function dataOf(kind: Kind, pairs: readonly KeyValue[]): PlainObject {
  const data: Record<string, string> = {};
  const binaryData: Record<string, string> = {};
  for (const { key, value } of pairs) {
    if (kind === 'Secret') data[key] = lines(value.toString('base64'));
    else if (Buffer.from(value.toString()).equals(value)) data[key] = value.toString();
    else binaryData[key] = lines(value.toString('base64'));
  }
  return {
    ...(Object.keys(data).length > 0 ? { data } : {}),
    ...(Object.keys(binaryData).length > 0 ? { binaryData } : {}),
  };
}

/** Long base64 text is broken every 70 characters. */
const lines = (text: string): string => (text.length < 70 ? text : text.replace(/.{1,70}/g, '$&\n'));
