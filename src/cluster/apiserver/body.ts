import { apiVersionOf, type KubeObject, parseApiVersion } from '../../api/machinery/object.ts';
import { badRequest, type StatusError } from '../../api/machinery/status-error.ts';
import { parseYaml } from '../../api/machinery/yaml.ts';
import { cannotBeHandled, type Decoded, DecodeError, decode, strictMessage } from '../../api/schema/decode.ts';
import { decodeCustom } from '../../api/schema/decode-custom.ts';
import { applyDefaults } from '../../api/schema/defaults.ts';
import { JsonSyntaxError, readJson } from '../../api/schema/json-text.ts';
import type { ResourceRequest } from './context.ts';
import { queryValue } from './request-info.ts';

interface Parsed {
  readonly value: unknown;
  readonly duplicates: readonly string[];
}

/** What became of decoding: the object, and what strictness had to say where it only warns. */
export type Refuse = (why: string) => StatusError;

/** The object that a request carries, decoded as its resource's kind, with its defaults filled in. */
export function decodeObject(rr: ResourceRequest): KubeObject {
  const { value, duplicates } = parseBody(rr);
  if (typeof value !== 'object' || value === null) throw badRequest('the request carries no object');
  const given = withIdentity(value as Partial<KubeObject>, rr);
  return decodeValue(rr, given, duplicates, (why) => cannotBeHandled(rr.resource.kind, rr.resource.version, why));
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
    if (error instanceof JsonSyntaxError || error instanceof Error) throw badRequest(error.message);
    throw error;
  }
}

function withIdentity(given: Partial<KubeObject>, { resource }: ResourceRequest): KubeObject {
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

/** Records of ownership that the store itself made (they are frozen) need no second reading. */
function keepingOwners(value: unknown, read: (value: unknown) => Decoded): Decoded {
  const metadata = (value as Partial<KubeObject> | undefined)?.metadata;
  const managedFields = metadata?.managedFields;
  if (!managedFields || !Object.isFrozen(managedFields)) return read(value);
  const { managedFields: _, ...rest } = metadata;
  const { object, strictErrors } = read({ ...(value as KubeObject), metadata: rest });
  return { object: { ...object, metadata: { ...object.metadata, managedFields } }, strictErrors };
}
