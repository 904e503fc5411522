import { isPlainObject, toGoJson } from '../../api/machinery/json.ts';
import { apiVersionOf, type KubeObject, parseApiVersion } from '../../api/machinery/object.ts';
import { badRequest, type StatusError } from '../../api/machinery/status-error.ts';
import { parseYaml } from '../../api/machinery/yaml.ts';
import { cannotBeHandled, type Decoded, DecodeError, decode, goKind, strictMessage } from '../../api/schema/decode.ts';
import { decodeCustom } from '../../api/schema/decode-custom.ts';
import { applyDefaults } from '../../api/schema/defaults.ts';
import { kindSchema } from '../../api/schema/definitions.ts';
import { JsonSyntaxError, readJson } from '../../api/schema/json-text.ts';
import type { Schema } from '../../api/schema/schema.ts';
import type { ResourceRequest } from './context.ts';
import { queryValue } from './request-info.ts';

/** What kind of object a body is read as. */
export interface BodyKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const UNKNOWN: Schema = { kind: 'object', goType: 'unstructured.Unstructured', preserveUnknownFields: true };

interface Parsed {
  readonly value: unknown;
  readonly duplicates: readonly string[];
}

/** What became of decoding: the object, and what strictness had to say where it only warns. */
export type Refuse = (why: string) => StatusError;

/** The object that a request carries, decoded as its resource's kind, with its defaults filled in. */
export function decodeObject(rr: ResourceRequest): KubeObject {
  const { value, duplicates } = parseBody(rr);
  const given = withIdentity(value, rr.resource);
  return decodeValue(rr, given, duplicates, (why) => cannotBeHandled(rr.resource.kind, rr.resource.version, why));
}

/** The object that a subresource takes instead: a Binding, an Eviction, a Scale. */
export function decodeAs(rr: ResourceRequest, kind: BodyKind): KubeObject {
  const { value, duplicates } = parseBody(rr);
  return decodeKind(rr, kind, value, duplicates);
}

export function decodeKind(rr: ResourceRequest, wanted: BodyKind, value: unknown, duplicates: readonly string[] = []): KubeObject {
  const { group, version, kind } = wanted;
  const refuse = (why: string) => cannotBeHandled(kind, version, why);
  try {
    const { object, strictErrors } = decode(kindSchema(group, version, kind) ?? UNKNOWN, withIdentity(value, wanted), duplicates);
    strictness(rr, strictErrors, refuse);
    return object;
  } catch (error) {
    if (error instanceof DecodeError) throw refuse(error.message);
    throw error;
  }
}

/** Decodes a value that is already parsed; `refuse` words the failure. */
export function decodeValue(rr: ResourceRequest, value: unknown, duplicates: readonly string[], refuse: Refuse): KubeObject {
  const { resource } = rr;
  try {
    const schema = resource.schema();
    const { object, strictErrors } = keepingOwners(value, (bare) => (resource.custom ? decodeCustom : decode)(schema, bare, duplicates));
    strictness(rr, strictErrors, refuse);
    if (resource.custom) return applyDefaults(schema, object);
    return resource.definition.defaults ? resource.definition.defaults(object) : object;
  } catch (error) {
    if (error instanceof DecodeError) throw refuse(error.message);
    throw error;
  }
}

/** Strict refuses what Warn only warns of; Ignore says nothing. */
export function strictness({ request, warn }: ResourceRequest, errors: readonly string[], refuse: Refuse): void {
  if (errors.length === 0) return;
  const validation = queryValue(request, 'fieldValidation') ?? 'Warn';
  if (validation === 'Strict') throw refuse(strictMessage(errors));
  if (validation === 'Warn') for (const error of errors) warn(error);
}

export function parseBody({ request }: ResourceRequest): Parsed {
  const { body } = request;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return { value: body, duplicates: [] };
  const text = typeof body === 'string' ? body : Buffer.from(body).toString();
  try {
    if (/yaml/.test(request.headers?.['content-type'] ?? '')) return { value: parseYaml(text), duplicates: [] };
    return readJson(text);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    if (error instanceof JsonSyntaxError || error instanceof Error) throw badRequest(error.message);
    throw error;
  }
}

function withIdentity(value: unknown, resource: BodyKind): KubeObject {
  const misfit = identityMisfit(value);
  if (misfit) throw unrecognized(resource, value, misfit);
  const given = (value ?? {}) as Partial<KubeObject>;
  const apiVersion = given.apiVersion || apiVersionOf(resource);
  const kind = given.kind || resource.kind;
  const { group, version } = parseApiVersion(apiVersion);
  if (group !== resource.group || version !== resource.version || kind !== resource.kind) {
    const expected = apiVersionOf(resource);
    throw badRequest(
      apiVersion === expected
        ? `${resource.kind} in version ${JSON.stringify(resource.version)} cannot be handled as a ${resource.kind}: no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)}`
        : `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  return given.apiVersion && given.kind && given.metadata ? (given as KubeObject) : { ...given, apiVersion, kind, metadata: given.metadata ?? {} };
}

/** Why apiVersion and kind cannot even be looked for. */
function identityMisfit(value: unknown): string | undefined {
  if (value === null) return undefined;
  if (!isPlainObject(value)) return `${goKind(value)} into Go value of type ${TYPE_META}`;
  const wrong = ['apiVersion', 'kind'].find((name) => typeof (value[name] ?? '') !== 'string');
  return wrong && `${goKind(value[wrong])} into Go struct field .${wrong} of type string`;
}

const TYPE_META = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
const SUMMARY = 30;

function unrecognized({ kind }: BodyKind, value: unknown, misfit: string): StatusError {
  const bytes = Buffer.from(toGoJson(value));
  const head = bytes.subarray(0, SUMMARY);
  const shown = `${isPlainObject(value) ? head.toString() : head.toString('hex')}${bytes.length > SUMMARY ? ' ...' : ''}`;
  const why = `couldn't get version/kind; json parse error: json: cannot unmarshal ${misfit}`;
  return badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why} (${shown})`);
}

/** Records of ownership that the store itself made (they are frozen) need no second reading. */
function keepingOwners(value: unknown, read: (value: unknown) => Decoded): Decoded {
  const metadata = (value as Partial<KubeObject> | undefined)?.metadata;
  const managedFields = metadata?.managedFields;
  if (!metadata || !Array.isArray(managedFields) || !Object.isFrozen(managedFields)) return read(value);
  const { managedFields: _, ...rest } = metadata;
  const { object, strictErrors } = read({ ...(value as KubeObject), metadata: rest });
  return { object: { ...object, metadata: { ...object.metadata, managedFields } }, strictErrors };
}
