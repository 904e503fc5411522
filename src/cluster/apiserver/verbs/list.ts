import { isPlainObject } from '../../../api/machinery/json.ts';
import { apiVersionOf, type KubeObject } from '../../../api/machinery/object.ts';
import { badRequest, invalid, StatusError } from '../../../api/machinery/status-error.ts';
import { goKind } from '../../../api/schema/decode.ts';
import { readJson } from '../../../api/schema/json-text.ts';
import type { ResourceRequest, ServerContext } from '../context.ts';
import { fromStorage } from '../conversion.ts';
import { selection } from '../list-selection.ts';
import { integerValue, queryValue } from '../request-info.ts';
import { apiFieldError } from '../requirements.ts';

export interface ObjectPage {
  readonly items: readonly KubeObject[];
  readonly resourceVersion: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

interface ContinueToken {
  readonly v: 'meta.k8s.io/v1';
  readonly rv: number;
  readonly start: string;
}

export function listPage({ store }: ServerContext, rr: ResourceRequest): ObjectPage {
  const { resource, info, request } = rr;
  checkResourceVersion(rr, store.revision);
  const matches = selection(rr);
  const token = readToken(queryValue(request, 'continue'));
  const stored = store.list(resource.bucket, resource.namespaced && info.namespace ? info.namespace : undefined);
  const from = token ? stored.filter((object) => keyOf(object) > token.start) : stored;
  const selected = from.filter(matches);
  const limit = queryValue(request, 'limit') === '' ? 0 : (integerValue(request, 'limit') ?? 0);
  const page = limit > 0 ? selected.slice(0, limit) : selected;
  const resourceVersion = String(token?.rv ?? store.revision);
  const items = page.map((object) => fromStorage(object, resource));
  const last = page.at(-1);
  if (page.length === selected.length || !last) return { items, resourceVersion };
  const next: ContinueToken = { v: 'meta.k8s.io/v1', rv: Number(resourceVersion), start: keyOf(last) };
  const filtered = Boolean(queryValue(request, 'labelSelector') || queryValue(request, 'fieldSelector'));
  return {
    items,
    resourceVersion,
    continue: Buffer.from(JSON.stringify(next)).toString('base64url'),
    ...(filtered ? {} : { remainingItemCount: selected.length - page.length }),
  };
}

/** The List that goes over the wire. */
export function listObject(page: ObjectPage, rr: ResourceRequest): KubeObject {
  const { items, ...metadata } = page;
  return { kind: rr.resource.listKind, apiVersion: apiVersionOf(rr.resource), metadata: metadata as KubeObject['metadata'], items };
}

const keyOf = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;

function readToken(text: string | undefined): ContinueToken | undefined {
  if (!text) return undefined;
  const token = tokenValue(text);
  if (token.v === 'meta.k8s.io/v1' && token.start) return { v: token.v, rv: token.rv ?? 0, start: token.start };
  throw badRequest(
    `invalid continue token: continue key is not valid: server does not recognize this encoded version ${JSON.stringify(token.v ?? '')}`,
  );
}

function tokenValue(text: string): Partial<ContinueToken> {
  try {
    const { value } = readJson(Buffer.from(text, 'base64url').toString('latin1'));
    if (value === null) return {};
    if (!isPlainObject(value)) throw new Error(`json: cannot unmarshal ${goKind(value)} into Go value of type storage.continueToken`);
    return value as Partial<ContinueToken>;
  } catch (error) {
    throw badRequest(`invalid continue token: continue key is not valid: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checkResourceVersion({ request, resource }: ResourceRequest, revision: number): void {
  const text = queryValue(request, 'resourceVersion');
  const match = queryValue(request, 'resourceVersionMatch');
  if (match && !text) {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
      apiFieldError('FieldValueForbidden', 'resourceVersionMatch', 'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided'),
    ]);
  }
  if (!text || text === '0') return;
  if (!/^\d+$/.test(text))
    throw badRequest(`Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
  if (Number(text) <= revision) return;
  throw new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Too large resource version: ${text}, current: ${revision}`,
    details: {
      kind: resource.resource,
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  });
}
