import { isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { parseYaml, splitYamlDocuments } from '../../../api/machinery/yaml.ts';
import { messageOf, UsageError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';
import { buildKustomization } from './kustomization.ts';

/** One document of a manifest; `failure` says why it could not be read. */
export interface ManifestDocument {
  readonly source: string;
  readonly object?: PlainObject;
  readonly failure?: Error;
}

export interface Manifests {
  readonly documents: readonly ManifestDocument[];
  /** Exactly one file was named. */
  readonly single: boolean;
}

export interface ManifestOptions {
  readonly filename?: readonly string[];
  readonly kustomize?: string;
  readonly recursive?: boolean;
}

const extensions = ['.json', '.yaml', '.yml'];

/** Reads -f and -k: files, folders, patterns, URLs and standard input. */
export async function readManifests(kubectl: Invocation, { filename = [], kustomize, recursive = false }: ManifestOptions): Promise<Manifests> {
  if (kustomize && filename.length > 0) throw new UsageError('only one of -f or -k can be specified');
  if (kustomize) return { documents: documentsOf(await buildKustomization(kubectl, kustomize), kustomize), single: false };
  const documents: ManifestDocument[] = [];
  let folders = false;
  for (const name of filename) {
    if (name === '-') documents.push(...documentsOf(await kubectl.readStdin(), 'STDIN'));
    else if (/^https?:\/\//.test(name)) documents.push(...documentsOf(await download(kubectl, name), name));
    else {
      folders ||= isFolder(kubectl, name);
      for (const file of expand(kubectl, name, recursive)) documents.push(...documentsOf(readManifest(kubectl, file), file));
    }
  }
  return { documents, single: filename.length === 1 && !folders && !filename.includes('-') };
}

function isFolder(kubectl: Invocation, name: string): boolean {
  const path = kubectl.process.path(name);
  return kubectl.files.exists(path) && kubectl.files.stat(path).type === 'directory';
}

function expand(kubectl: Invocation, name: string, recursive: boolean): string[] {
  if (!kubectl.files.exists(kubectl.process.path(name))) throw new UsageError(`the path ${JSON.stringify(name)} does not exist`);
  if (!isFolder(kubectl, name)) return [name];
  const found = walk(kubectl, name.replace(/\/$/, ''), recursive);
  if (found.length === 0) throw new UsageError(`error reading [${name}]: recognized file extensions are [${extensions.join(' ')}]`);
  return found;
}

function walk(kubectl: Invocation, folder: string, recursive: boolean): string[] {
  return [...kubectl.files.list(kubectl.process.path(folder))].sort().flatMap((name) => {
    const path = `${folder}/${name}`;
    if (isFolder(kubectl, path)) return recursive ? walk(kubectl, path, recursive) : [];
    return extensions.some((extension) => name.endsWith(extension)) ? [path] : [];
  });
}

function readManifest(kubectl: Invocation, path: string): string {
  return kubectl.readText(path);
}

function documentsOf(text: string, source: string): ManifestDocument[] {
  return splitYamlDocuments(text).flatMap((part): ManifestDocument[] => {
    try {
      const object = parseYaml(part);
      if (object === null || object === undefined) return [];
      if (!isPlainObject(object))
        return [
          {
            source,
            failure: new UsageError(
              `error parsing ${source}: error unmarshaling JSON: json: cannot unmarshal ${goType(object)} into Go value of type map[string]interface {}`,
            ),
          },
        ];
      return [{ source, object }];
    } catch (error) {
      return [{ source, failure: new UsageError(`error parsing ${source}: ${messageOf(error)}`) }];
    }
  });
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

async function download(kubectl: Invocation, address: string): Promise<string> {
  const url = new URL(address);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  try {
    const { service } = await kubectl.process.machine.network.connect({ host: url.hostname, port });
    const response = await service.http?.({ method: 'GET', path: url.pathname, headers: { host: url.host } });
    if (!response) throw new Error('EOF');
    if (response.status !== 200)
      throw new UsageError(`unable to read URL ${JSON.stringify(address)}, server reported ${response.status}, status code=${response.status}`);
    return typeof response.body === 'string' ? response.body : JSON.stringify(response.body);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`Get ${JSON.stringify(address)}: dial tcp: ${messageOf(error)}`);
  }
}
