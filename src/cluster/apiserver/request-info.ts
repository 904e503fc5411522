import type { ApiRequest } from '../../api/client/transport.ts';
import { badRequest } from '../../api/machinery/status-error.ts';

/** What a request is about, read from its method and path as upstream's RequestInfo is. */
export interface RequestInfo {
  readonly isResource: boolean;
  readonly verb: string;
  readonly path: string;
  readonly group: string;
  readonly version: string;
  readonly namespace: string;
  readonly resource: string;
  readonly subresource: string;
  /** What follows the subresource: `nodes/x/proxy/metrics` → `metrics`. */
  readonly rest: string;
  readonly name: string;
}

const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);
const VERBS: Readonly<Record<string, string>> = { POST: 'create', GET: 'get', HEAD: 'get', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

export function requestInfo(request: ApiRequest): RequestInfo {
  const { path } = request;
  const parts = path.split('/').filter(Boolean).map(decode);
  const outside = {
    isResource: false,
    verb: request.method.toLowerCase(),
    path,
    group: '',
    version: '',
    namespace: '',
    resource: '',
    subresource: '',
    rest: '',
    name: '',
  };
  const prefix = parts[0];
  if (prefix === 'api' && parts.length >= 3) return inside(request, outside, '', parts.slice(1));
  if (prefix === 'apis' && parts.length >= 4) return inside(request, outside, parts[1] ?? '', parts.slice(2));
  return outside;
}

function inside(request: ApiRequest, base: RequestInfo, group: string, [version = '', ...parts]: string[]): RequestInfo {
  let rest = parts;
  let namespace = '';
  if (rest[0] === 'namespaces' && rest.length > 1) {
    namespace = rest[1] ?? '';
    if (rest.length > 2 && !(NAMESPACE_SUBRESOURCES.has(rest[2] ?? '') && rest.length === 3)) rest = rest.slice(2);
  }
  const [resource = '', name = '', subresource = '', ...tail] = rest;
  const verb = resourceVerb(request, name);
  return { ...base, isResource: true, verb, group, version, namespace, resource, name, subresource, rest: tail.join('/') };
}

function resourceVerb(request: ApiRequest, name: string): string {
  const verb = VERBS[request.method] ?? request.method.toLowerCase();
  if (name) return verb;
  if (verb === 'get') return isTrue(queryValue(request, 'watch')) ? 'watch' : 'list';
  return verb === 'delete' ? 'deletecollection' : verb;
}

export function queryValue(request: ApiRequest, name: string): string | undefined {
  const value = request.query?.[name];
  return typeof value === 'string' ? value : value?.[0];
}

export function queryValues(request: ApiRequest, name: string): readonly string[] {
  const value = request.query?.[name];
  return typeof value === 'string' ? [value] : (value ?? []);
}

/** A whole number, as Go reads one. */
export function integerValue(request: ApiRequest, name: string): number | undefined {
  const text = queryValue(request, name);
  if (text === undefined) return undefined;
  const why = /^[-+]?\d+$/.test(text) ? outOfRange(text) : 'invalid syntax';
  if (why) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`);
  return Number(text);
}

const INT64_MAX = 2n ** 63n - 1n;
const outOfRange = (text: string): string | undefined => {
  const value = BigInt(text.replace(/^\+/, ''));
  return value > INT64_MAX || value < -INT64_MAX - 1n ? 'value out of range' : undefined;
};

export const isTrue = (text: string | undefined): boolean => text !== undefined && text !== 'false' && text !== '0';

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
