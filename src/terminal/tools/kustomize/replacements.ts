import { isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { parseYaml } from '../../../api/machinery/yaml.ts';
import { KustomizeError } from './errors.ts';
import type { Folder } from './folder.ts';
import { effectiveNamespace, fits, type Identity } from './identity.ts';
import type { Kustomization, ReplacementEntry, ReplacementOptions, TargetSelector } from './kustomization.ts';
import { changePlaces, splitPlace, valueAtPlace } from './places.ts';
import type { Resource } from './resource.ts';
import { matchesIdentity, matchesMarks } from './select.ts';

/** Copies values from one resource into fields of others. */
export function applyReplacements(folder: Folder, resources: readonly Resource[], { replacements = [] }: Kustomization): void {
  for (const entry of replacements.flatMap((given) => (given.path ? fromFile(folder, given.path) : [given]))) {
    if ((!entry.source && entry.sourceValue === undefined) || !entry.targets) {
      throw new KustomizeError('replacements must specify a source and at least one target');
    }
    const value = sourceValue(resources, entry);
    for (const target of entry.targets) copyInto(resources, target, value);
  }
}

function fromFile(folder: Folder, path: string): ReplacementEntry[] {
  const value = parseYaml(folder.load(path));
  return (Array.isArray(value) ? value : [value]).filter(isPlainObject) as ReplacementEntry[];
}

function sourceValue(resources: readonly Resource[], { source, sourceValue: given }: ReplacementEntry): unknown {
  if (given !== undefined && source) throw new KustomizeError('value and resource selectors are mutually exclusive');
  if (!source) return given;
  const matches = resources.filter(({ identities }) => identities.some((id) => isSource(id, source)));
  const [found] = matches;
  const shown = showSource(source);
  if (!found) throw new KustomizeError(`nothing selected by ${shown}`);
  if (matches.length > 1) throw new KustomizeError(`multiple matches for selector ${shown}`);
  const path = source.fieldPath || 'metadata.name';
  const value = valueAtPlace(found.object, splitPlace(path));
  if (value === undefined || value === null || value === '') {
    throw new KustomizeError(`fieldPath \`${path}\` is missing for replacement source ${shown.split(':')[0]}`);
  }
  return refined(value, source.options);
}

const isSource = (id: Identity, source: TargetSelector): boolean =>
  fits(id, source) && (!source.name || source.name === id.name) && (!source.namespace || source.namespace === effectiveNamespace(id));

const showSource = ({ group, version, kind, name, namespace, ...rest }: TargetSelector & { readonly fieldPath?: string }): string =>
  `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}/${name || '[noName]'}.${namespace || '[noNs]'}:${rest.fieldPath ?? ''}`;

function refined(value: unknown, options: ReplacementOptions | undefined): unknown {
  if (!options?.delimiter) return value;
  if (typeof value === 'object') throw new KustomizeError('delimiter option can only be used with scalar nodes');
  const { delimiter, index = 0 } = options;
  const part = String(value).split(delimiter)[index];
  if (part === undefined) throw new KustomizeError(`options.index ${index} is out of bounds for value ${String(value)}`);
  return part;
}

type Target = NonNullable<ReplacementEntry['targets']>[number];

function copyInto(resources: readonly Resource[], { select, reject = [], fieldPaths = ['metadata.name'], options }: Target, value: unknown): void {
  if (!select) throw new KustomizeError('target must specify resources to select');
  for (const resource of resources) {
    const meant = matchesMarks(resource, select) && resource.identities.some((id) => matchesIdentity(id, select));
    const refused = reject.some((selector) => matchesMarks(resource, selector) && resource.identities.some((id) => matchesIdentity(id, selector)));
    if (!meant || refused) continue;
    for (const path of fieldPaths) copyTo(resource.object, path, value, options);
  }
}

function copyTo(object: PlainObject, path: string, value: unknown, options: ReplacementOptions | undefined): void {
  const count = changePlaces(object, splitPlace(path), { create: Boolean(options?.create), change: (before) => replaced(before, value, options) });
  if (count > 0) return;
  throw new KustomizeError(`unable to find ${options?.create ? 'or create ' : ''}field ${JSON.stringify(path)} in replacement target`);
}

/** A scalar takes the new text but keeps its type where it can. */
function replaced(before: unknown, value: unknown, options: ReplacementOptions | undefined): unknown {
  const next = options?.delimiter ? joined(before, String(value), options.delimiter, options.index ?? 0) : structuredClone(value);
  if (typeof before === 'string' && typeof next !== 'object') return String(next);
  if (typeof before === 'number' && typeof next === 'string' && next.trim() !== '' && Number.isFinite(Number(next))) return Number(next);
  if (typeof before === 'boolean' && (next === 'true' || next === 'false')) return next === 'true';
  return next;
}

function joined(before: unknown, value: string, delimiter: string, index: number): string {
  if (typeof before === 'object') throw new KustomizeError('delimiter option can only be used with scalar nodes');
  const parts = String(before ?? '').split(delimiter);
  if (index < 0) parts.unshift(value);
  else if (index >= parts.length) parts.push(value);
  else parts[index] = value;
  return parts.join(delimiter);
}
