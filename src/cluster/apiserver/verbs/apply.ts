import { isPlainObject } from '../../../api/machinery/json.ts';
import { apiVersionOf, type KubeObject } from '../../../api/machinery/object.ts';
import { badRequest, conflict, StatusError } from '../../../api/machinery/status-error.ts';
import { DecodeError, decode } from '../../../api/schema/decode.ts';
import { decodeCustom } from '../../../api/schema/decode-custom.ts';
import { typedFindings } from '../../../api/schema/typed-findings.ts';
import { decodeValue, parseBody } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { applied } from '../ownership.ts';
import { isTrue, queryValue } from '../request-info.ts';
import { nameOf } from '../served-resource.ts';
import { createDecoded } from './create.ts';
import { findStored } from './read.ts';
import { updateDecoded } from './update.ts';

/** Server-side apply: creates what is not there, merges into what is. */
export function applyObject(context: ServerContext, rr: ResourceRequest): Result {
  const config = configuration(rr);
  const live = findStored(context, rr);
  if (!live && config.metadata.uid) {
    throw conflict(
      nameOf(rr.resource),
      rr.info.name,
      `uid mismatch: the provided object specified uid ${config.metadata.uid}, and no existing object was found`,
    );
  }
  const merged = applied(context, rr, config, live, isTrue(queryValue(rr.request, 'force')));
  const object = decodeValue(rr, merged, [], badRequest);
  if (live) return { shape: 'object', object: updateDecoded(context, rr, object, live, true), resource: rr.resource };
  return { shape: 'object', object: createDecoded(context, rr, object, true), status: 201, resource: rr.resource };
}

/** What the caller wants, as typed but without defaults: only what it says will be its own. */
function configuration(rr: ResourceRequest): KubeObject {
  const { resource, info } = rr;
  const { value } = parseBody({ ...rr, request: { ...rr.request, headers: { ...rr.request.headers, 'content-type': 'application/yaml' } } });
  if (!isPlainObject(value)) throw badRequest('error decoding YAML: the patch is not an object');
  const given = value as unknown as KubeObject;
  const expected = apiVersionOf(resource);
  if (given.apiVersion !== expected)
    throw badRequest(`Incorrect version specified in apply patch. Specified patch version: ${given.apiVersion}, expected: ${expected}`);
  if (given.metadata?.managedFields) throw badRequest('metadata.managedFields must be nil');
  const object = typedPatch(rr, value);
  return { ...object, metadata: { ...object.metadata, name: info.name, ...(resource.namespaced ? { namespace: info.namespace } : {}) } };
}

function typedPatch(rr: ResourceRequest, value: unknown): KubeObject {
  const { resource } = rr;
  const schema = resource.schema();
  const findings = typedFindings(schema, value);
  if (findings.length > 0) throw untyped(rr, findings);
  try {
    return asGiven((resource.custom ? decodeCustom : decode)(schema, value).object, value) as KubeObject;
  } catch (error) {
    if (error instanceof DecodeError) throw untyped(rr, [error.message]);
    throw error;
  }
}

/** Without the zero values that decoding adds: nobody owns what nobody said. */
function asGiven(decoded: unknown, given: unknown): unknown {
  if (Array.isArray(decoded)) return Array.isArray(given) ? decoded.map((item, i) => asGiven(item, given[i])) : decoded;
  if (!isPlainObject(decoded) || !isPlainObject(given)) return decoded;
  const members = Object.entries(decoded).filter(([name]) => Object.hasOwn(given, name));
  return Object.fromEntries(members.map(([name, member]) => [name, asGiven(member, given[name])]));
}

function untyped({ resource, info }: ResourceRequest, lines: readonly string[]): StatusError {
  const about = `${info.namespace}/${info.name}; ${apiVersionOf(resource)}, Kind=${resource.kind}`;
  const why = lines.length === 1 ? lines[0] : `errors:\n  ${lines.join('\n  ')}`;
  return new StatusError({ code: 500, reason: '', message: `failed to create typed patch object (${about}): ${why}` });
}
