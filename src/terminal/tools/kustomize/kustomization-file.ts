import { isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { parseYaml } from '../../../api/machinery/yaml.ts';
import { KustomizeError } from './errors.ts';
import type { Folder } from './folder.ts';
import type { Kustomization } from './kustomization.ts';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Reads a folder's kustomization; `warn` hears of fields that should no longer be used. */
export function readKustomization(folder: Folder, warn: (text: string) => void): Kustomization {
  const fields = decode(found(folder));
  for (const warning of deprecations(fields)) warn(warning);
  const kustomization = completed(fields);
  if (Object.keys(fields).every((field) => field === 'apiVersion' || field === 'kind')) throw new KustomizeError('kustomization.yaml is empty');
  const problems = enforced(kustomization);
  if (problems.length > 0) throw new KustomizeError(`Failed to read kustomization file under ${folder.root}:\n${problems.join('\n')}`);
  return kustomization;
}

function found(folder: Folder): string {
  const present = names.filter((name) => folder.has(name));
  const [first] = present;
  if (first === undefined) {
    throw new KustomizeError(`unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${folder.root}'`);
  }
  if (present.length > 1) throw new KustomizeError(`Found multiple kustomization files under: ${folder.root}\n`);
  return folder.load(first);
}

const known = `apiVersion kind metadata openapi namePrefix nameSuffix namespace commonLabels labels commonAnnotations patchesStrategicMerge
patchesJson6902 patches images imageTags replacements replicas vars sortOptions resources components crds bases configMapGenerator
secretGenerator helmGlobals helmCharts helmChartInflationGenerator generatorOptions configurations generators transformers validators
buildMetadata`.split(/\s+/);

function decode(text: string): PlainObject {
  const value = parsed(text);
  if (value === null || value === undefined) return {};
  if (!isPlainObject(value)) {
    const type = Array.isArray(value) ? 'array' : typeof value;
    throw new KustomizeError(`invalid Kustomization: json: cannot unmarshal ${type} into Go value of type types.Kustomization`);
  }
  for (const field of Object.keys(value)) {
    if (!known.some((name) => name.toLowerCase() === field.toLowerCase())) {
      throw new KustomizeError(`invalid Kustomization: json: unknown field ${JSON.stringify(field)}`);
    }
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, inner]) =>
      inner === null ? [] : [[known.find((name) => name.toLowerCase() === field.toLowerCase()), inner]],
    ),
  );
}

function parsed(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/^error converting YAML to JSON: /, '') : String(error);
    throw new KustomizeError(`invalid Kustomization: ${message}`);
  }
}

const replacedBy: readonly (readonly [string, string])[] = [
  ['bases', 'resources'],
  ['commonLabels', 'labels'],
  ['imageTags', 'images'],
  ['patchesJson6902', 'patches'],
  ['patchesStrategicMerge', 'patches'],
  ['vars', 'replacements'],
];

const deprecations = (fields: PlainObject): string[] =>
  replacedBy.flatMap(([old, better]) => {
    if (fields[old] === undefined) return [];
    const advice = `${old === 'vars' ? '[EXPERIMENTAL] ' : ''}Run 'kustomize edit fix' to update your Kustomization automatically.`;
    return [`# Warning: '${old}' is deprecated. Please use '${better}' instead. ${advice}\n`];
  });

/** Old fields move to the places of the new ones. */
function completed(fields: PlainObject): Kustomization {
  const kind = typeof fields.kind === 'string' && fields.kind ? fields.kind : 'Kustomization';
  const list = (name: string): unknown[] => (Array.isArray(fields[name]) ? (fields[name] as unknown[]) : []);
  return {
    ...fields,
    kind,
    apiVersion: typeof fields.apiVersion === 'string' && fields.apiVersion ? fields.apiVersion : versionOf(kind),
    resources: [...list('resources'), ...list('bases')],
    images: [...list('images'), ...list('imageTags')],
  } as unknown as Kustomization;
}

const versionOf = (kind: string): string => (kind === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1');

function enforced({ kind, apiVersion }: Kustomization): string[] {
  return [
    ...(kind === 'Kustomization' || kind === 'Component' ? [] : ['kind should be Kustomization or Component']),
    ...(apiVersion === versionOf(kind) ? [] : [`apiVersion for ${kind} should be ${versionOf(kind)}`]),
  ];
}
