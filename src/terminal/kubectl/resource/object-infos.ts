import { isPlainObject, type PlainObject, toGoJson } from '../../../api/machinery/json.ts';
import { parseSelector } from '../../../api/machinery/label-parser.ts';
import { matchesLabels } from '../../../api/machinery/labels.ts';
import { type KubeObject, parseApiVersion } from '../../../api/machinery/object.ts';
import { DecodeError, decode } from '../../../api/schema/decode.ts';
import { definitionSchema } from '../../../api/schema/definitions.ts';
import type { Mapping } from '../client/discovery.ts';
import { messageOf, UsageError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';
import type { ManifestDocument } from './manifests.ts';
import type { Info } from './selection.ts';

interface Options {
  readonly selector?: string;
  /** The server is not asked: objects stay as their manifests have them. */
  readonly local?: boolean;
  /** Complain about manifests that no server would understand. */
  readonly check?: boolean;
}

/** Documents of manifests become infos: lists are opened, kinds are looked up, namespaces filled in and checked. */
export async function objectInfos(
  kubectl: Invocation,
  documents: readonly ManifestDocument[],
  { selector, local = false, check = false }: Options,
): Promise<{ infos: Info[]; errors: unknown[] }> {
  const infos: Info[] = [];
  const errors: unknown[] = [];
  const wanted = selector ? parsedSelector(selector) : undefined;
  for (const { source, object, failure } of documents.flatMap(opened)) {
    try {
      if (failure) throw failure;
      if (!object) continue;
      if (check) checkKind(object, source);
      const info = await objectInfo(kubectl, object, { source, local });
      if (!wanted || matchesLabels(wanted, info.object.metadata.labels)) infos.push(info);
    } catch (error) {
      errors.push(error);
    }
  }
  return { infos, errors };
}

function parsedSelector(selector: string) {
  try {
    return parseSelector(selector);
  } catch (error) {
    throw new UsageError(`the provided selector ${JSON.stringify(selector)} is not valid: ${messageOf(error)}`);
  }
}

function opened(document: ManifestDocument): ManifestDocument[] {
  const { object, source } = document;
  if (!object || typeof object.kind !== 'string' || !object.kind.endsWith('List') || !Array.isArray(object.items)) return [document];
  const kind = object.kind.slice(0, -'List'.length);
  const items = object.items.filter(isPlainObject);
  return items.flatMap((item) => opened({ source, object: item.kind || !kind ? item : { apiVersion: object.apiVersion, kind, ...item } }));
}

async function objectInfo(kubectl: Invocation, document: PlainObject, { source, local }: { source: string; local: boolean }): Promise<Info> {
  const { apiVersion, kind } = document;
  const shown = source === 'STDIN' ? 'STDIN' : source;
  if (typeof kind !== 'string' || !kind)
    throw new UsageError(`unable to decode ${JSON.stringify(shown)}: Object 'Kind' is missing in '${toGoJson(document)}'`);
  if (typeof apiVersion !== 'string' || !apiVersion) {
    throw new UsageError(`unable to decode ${JSON.stringify(shown)}: Object 'apiVersion' is missing in '${toGoJson(document)}'`);
  }
  const metadata = isPlainObject(document.metadata) ? document.metadata : {};
  checkMetadata(metadata, source);
  const name = typeof metadata.name === 'string' ? metadata.name : '';
  const given = typeof metadata.namespace === 'string' ? metadata.namespace : '';
  if (local) return { mapping: unknownMapping({ apiVersion, kind }), name, namespace: given, object: document as unknown as KubeObject, source };
  const mapping = (await kubectl.mapper).forObject({ apiVersion, kind });
  if (!mapping) throw new UsageError(noMatch({ apiVersion, kind, name, namespace: given, source: shown }));
  const namespace = mapping.namespaced ? placedIn(kubectl, given) : '';
  const placed = { ...document, metadata: namespace ? { ...metadata, namespace } : metadata };
  return { mapping, name, namespace, object: placed as unknown as KubeObject, source };
}

function checkKind({ apiVersion, kind }: PlainObject, source: string): void {
  const problems = [
    ...(typeof apiVersion === 'string'
      ? []
      : [apiVersion === undefined || apiVersion === null ? 'apiVersion not set' : "apiVersion isn't string type"]),
    ...(typeof kind === 'string' ? [] : [kind === undefined || kind === null ? 'kind not set' : "kind isn't string type"]),
  ];
  if (problems.length === 0) return;
  const text = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
  throw new UsageError(
    `error validating ${JSON.stringify(source)}: error validating data: ${text}; if you choose to ignore these errors, turn validation off with --validate=false`,
  );
}

/** Metadata must be what it is everywhere, even where the rest of the kind is unknown. */
function checkMetadata(metadata: PlainObject, source: string): void {
  const schema = definitionSchema('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
  if (!schema) return;
  try {
    decode(schema, metadata);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new UsageError(`unable to decode ${JSON.stringify(source)}: ${error.message.replace(' ObjectMeta.', ' ObjectMeta.metadata.')}`);
  }
}

/** What can be told of a type without its server. */
function unknownMapping({ apiVersion, kind }: { apiVersion: string; kind: string }): Mapping {
  const singular = kind.toLowerCase();
  const names = { resource: `${singular}s`, singular, kind, shortNames: [], categories: [] };
  return { ...parseApiVersion(apiVersion), ...names, namespaced: false, verbs: [], subresources: [] };
}

function placedIn(kubectl: Invocation, given: string): string {
  if (kubectl.namespaceGiven && given && given !== kubectl.namespace) {
    throw new UsageError(
      `the namespace from the provided object ${JSON.stringify(given)} does not match the namespace ${JSON.stringify(kubectl.namespace)}. You must pass '--namespace=${given}' to perform this operation.`,
    );
  }
  return given || kubectl.namespace;
}

const noMatch = (about: { apiVersion: string; kind: string; name: string; namespace: string; source: string }): string =>
  `resource mapping not found for name: ${JSON.stringify(about.name)} namespace: ${JSON.stringify(about.namespace)} from ${JSON.stringify(about.source)}: no matches for kind ${JSON.stringify(about.kind)} in version ${JSON.stringify(about.apiVersion)}\nensure CRDs are installed first`;
