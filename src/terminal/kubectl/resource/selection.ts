import type { KubeObject } from '../../../api/machinery/object.ts';
import { isStatusError, StatusError } from '../../../api/machinery/status-error.ts';
import type { Mapping } from '../client/discovery.ts';
import { resourcePath } from '../client/mapper.ts';
import { throwAll, UsageError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';
import { hasSlashes, type NamedArgument, splitArguments } from './arguments.ts';
import { readManifests } from './manifests.ts';
import { objectInfos } from './object-infos.ts';

/** One thing a command is about. `object` is what was fetched or read; a Table or a List where a whole collection was. */
export interface Info {
  readonly mapping: Mapping;
  readonly namespace: string;
  readonly name: string;
  readonly object: KubeObject;
  /** The manifest it came from. */
  readonly source?: string;
}

export interface SelectOptions {
  readonly args?: readonly string[];
  readonly filename?: readonly string[];
  readonly kustomize?: string;
  readonly recursive?: boolean;
  readonly selector?: string;
  readonly fieldSelector?: string;
  readonly all?: boolean;
  readonly allNamespaces?: boolean;
  /** A bare type means all objects of it. */
  readonly allowEmptySelector?: boolean;
  /** Objects of manifests are replaced by what the server has. */
  readonly latest?: boolean;
  /** Manifests as they are, without asking the server (--local). */
  readonly local?: boolean;
  /** Complain about manifests that no server would understand (unless --validate=ignore). */
  readonly check?: boolean;
  /** False: named objects are not fetched (delete, patch). */
  readonly fetch?: boolean;
  readonly singleType?: boolean;
  readonly subresource?: string;
  readonly chunkSize?: number;
  /** Lists become their items. */
  readonly flatten?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly ignoreNotFound?: boolean;
}

export interface Selection {
  readonly infos: readonly Info[];
  readonly errors: readonly unknown[];
  readonly singleItemImplied: boolean;
  readonly mappings: readonly Mapping[];
}

export const missingResource = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** Turns arguments, files and selectors into objects, as cli-runtime's resource.Builder. Failures of single objects are collected. */
export async function select(kubectl: Invocation, options: SelectOptions): Promise<Selection> {
  const selection = await chosen(kubectl, options);
  const errors = options.ignoreNotFound ? selection.errors.filter((error) => !isStatusError(error, 'NotFound')) : selection.errors;
  return { ...selection, errors };
}

/** As select, for commands that stop at the first failure. */
export async function selectAll(kubectl: Invocation, options: SelectOptions): Promise<readonly Info[]> {
  const { infos, errors } = await select(kubectl, options);
  throwAll(errors);
  return infos;
}

async function chosen(kubectl: Invocation, options: SelectOptions): Promise<Selection> {
  const args = options.args ?? [];
  const fromFiles = Boolean(options.filename?.length || options.kustomize);
  const selecting = Boolean(options.selector || options.fieldSelector || options.all);
  if (options.all && (options.selector || options.fieldSelector)) throw new UsageError("setting 'all' parameter but found a non empty selector. ");
  const named = splitArguments(args);
  if (fromFiles) return byPaths(kubectl, options, args);
  if (selecting || (options.allowEmptySelector && named.types.length > 0 && named.names.length === 0))
    return bySelector(kubectl, options, named, args);
  if (named.tuples.length > 0) return byTuples(kubectl, options, named.tuples);
  if (named.names.length > 0) return byNames(kubectl, options, named.types, named.names);
  const mapper = await (named.types.length > 0 ? kubectl.mapper : undefined);
  for (const type of named.types) mapper?.require(type);
  throw new UsageError(named.types.length > 0 ? 'resource(s) were provided, but no name was specified' : missingResource);
}

async function byPaths(kubectl: Invocation, options: SelectOptions, args: readonly string[]): Promise<Selection> {
  if (args.length > 0) {
    if (hasSlashes(args)) throw new UsageError('resource/name arguments cannot be provided when a path is specified');
    throw new UsageError('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
  }
  const manifests = await readManifests(kubectl, options);
  const { infos, errors } = await objectInfos(kubectl, manifests.documents, options);
  const mappings = infos.map(({ mapping }) => mapping);
  if (!options.latest || options.local) return { infos, errors, singleItemImplied: manifests.single, mappings };
  const fetched = await gather(infos, async (info) => [{ ...info, object: await fetchInfo(kubectl, info, options) }]);
  return { infos: fetched.infos, errors: [...errors, ...fetched.errors], singleItemImplied: manifests.single, mappings };
}

async function typeMappings(kubectl: Invocation, types: readonly string[], single: boolean | undefined): Promise<Mapping[]> {
  const mapper = await kubectl.mapper;
  const expanded = types.flatMap((type): readonly Mapping[] => {
    const members = mapper.category(type);
    return members.length > 0 ? members : [mapper.require(type)];
  });
  if (expanded.length > 1 && single) throw new UsageError('you may only specify a single resource type');
  return [...new Set(expanded)];
}

async function bySelector(
  kubectl: Invocation,
  options: SelectOptions,
  named: ReturnType<typeof splitArguments>,
  args: readonly string[],
): Promise<Selection> {
  if (named.names.length > 0) throw new UsageError('name cannot be provided when a selector is specified');
  if (named.tuples.length > 0) throw new UsageError('selectors and the all flag cannot be used when passing resource/name arguments');
  if (args.length === 0) throw new UsageError('at least one resource must be specified to use a selector');
  if (options.subresource) throw new UsageError('subresource cannot be used when bulk resources are specified');
  const mappings = await typeMappings(kubectl, named.types, options.singleType);
  const namespace = options.allNamespaces ? '' : kubectl.namespace;
  const found = await gather(mappings, (mapping) => listInfos(kubectl, mapping, mapping.namespaced ? namespace : '', options));
  return { ...found, singleItemImplied: false, mappings };
}

async function listInfos(kubectl: Invocation, mapping: Mapping, namespace: string, options: SelectOptions): Promise<Info[]> {
  const infos: Info[] = [];
  let next = '';
  do {
    const query = {
      ...options.query,
      ...(options.chunkSize ? { limit: String(options.chunkSize) } : {}),
      ...(options.selector ? { labelSelector: options.selector } : {}),
      ...(options.fieldSelector ? { fieldSelector: options.fieldSelector } : {}),
      ...(next ? { continue: next } : {}),
    };
    const list = await withSelectorNamed(kubectl.api.get(resourcePath(mapping, namespace), query, options.headers), mapping, options);
    infos.push(
      ...(options.flatten !== false && Array.isArray(list.items) ? itemInfos(list, mapping) : [{ mapping, namespace, name: '', object: list }]),
    );
    next = String((list.metadata as { continue?: string } | undefined)?.continue ?? '');
  } while (next);
  return infos;
}

/** Refused selectors are reported together with what was asked for. */
async function withSelectorNamed(list: Promise<KubeObject>, { group, version, resource }: Mapping, options: SelectOptions): Promise<KubeObject> {
  try {
    return await list;
  } catch (error) {
    if ((!isStatusError(error, 'BadRequest') && !isStatusError(error, 'NotFound')) || !(options.selector || options.fieldSelector)) throw error;
    const type = `${group}/${version}, Resource=${resource}`;
    const message = `Unable to find ${JSON.stringify(type)} that match label selector ${JSON.stringify(options.selector ?? '')}, field selector ${JSON.stringify(options.fieldSelector ?? '')}: ${error.message}`;
    throw new StatusError({ code: error.code, reason: error.reason, message });
  }
}

export function itemInfos(list: KubeObject, mapping: Mapping): Info[] {
  const kind = list.kind.replace(/List$/, '');
  return (list.items as readonly KubeObject[]).map((item) => {
    const object = item.kind ? item : { ...item, apiVersion: list.apiVersion, kind };
    return { mapping, namespace: object.metadata.namespace ?? '', name: object.metadata.name ?? '', object };
  });
}

async function byTuples(kubectl: Invocation, options: SelectOptions, tuples: readonly NamedArgument[]): Promise<Selection> {
  const mapper = await kubectl.mapper;
  const wanted = tuples.map(({ type, name }) => ({ mapping: mapper.require(type), name }));
  if (options.singleType && new Set(wanted.map(({ mapping }) => mapping)).size > 1)
    throw new UsageError('you may only specify a single resource type');
  const found = await gather(wanted, async ({ mapping, name }) => [await namedInfo(kubectl, mapping, name, options)]);
  return { ...found, singleItemImplied: tuples.length === 1, mappings: wanted.map(({ mapping }) => mapping) };
}

async function byNames(kubectl: Invocation, options: SelectOptions, types: readonly string[], names: readonly string[]): Promise<Selection> {
  const mappings = await typeMappings(kubectl, types, options.singleType);
  const [mapping] = mappings;
  if (!mapping || mappings.length > 1) throw new UsageError('you must specify only one resource');
  const found = await gather(names, async (name) => [await namedInfo(kubectl, mapping, name, options)]);
  return { ...found, singleItemImplied: names.length === 1, mappings };
}

async function namedInfo(kubectl: Invocation, mapping: Mapping, name: string, options: SelectOptions): Promise<Info> {
  if (mapping.namespaced && options.allNamespaces) throw new UsageError('a resource cannot be retrieved by name across all namespaces');
  const info = { mapping, name, namespace: mapping.namespaced ? kubectl.namespace : '', object: bare(mapping, name) };
  return options.fetch === false ? info : { ...info, object: await fetchInfo(kubectl, info, options) };
}

const bare = (mapping: Mapping, name: string): KubeObject => ({
  apiVersion: mapping.group ? `${mapping.group}/${mapping.version}` : mapping.version,
  kind: mapping.kind,
  metadata: { name },
});

/** Something missing in a namespace that is itself missing: the namespace is to blame. */
async function fetchInfo(kubectl: Invocation, { mapping, namespace, name }: Info, options: SelectOptions): Promise<KubeObject> {
  if (!name) throw new UsageError('resource name may not be empty');
  try {
    return await kubectl.api.get(resourcePath(mapping, namespace, name, options.subresource ?? ''), options.query, options.headers);
  } catch (error) {
    if (isStatusError(error, 'NotFound') && namespace && namespace !== 'default') await requireNamespace(kubectl, namespace);
    throw error;
  }
}

async function requireNamespace(kubectl: Invocation, namespace: string): Promise<void> {
  try {
    await kubectl.api.get(`/api/v1/namespaces/${namespace}`);
  } catch (error) {
    if (isStatusError(error, 'NotFound')) throw error;
  }
}

async function gather<T>(things: readonly T[], find: (thing: T) => Promise<Info[]>): Promise<{ infos: Info[]; errors: unknown[] }> {
  const infos: Info[] = [];
  const errors: unknown[] = [];
  for (const thing of things) {
    try {
      infos.push(...(await find(thing)));
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      errors.push(error);
    }
  }
  return { infos, errors };
}

/** The object again, as the server has it now. */
export const refetch = (kubectl: Invocation, info: Info): Promise<KubeObject> => fetchInfo(kubectl, info, {});
