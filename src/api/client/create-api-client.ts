import { apiVersionOf, type KubeObject } from '../machinery/object.ts';
import { StatusError } from '../machinery/status-error.ts';
import type { Status } from '../schema/generated/types.ts';
import type { ApiClient, DeleteOptions, ListOptions, ObjectList, PatchType, ResourceType, WriteOptions } from './api-client.ts';
import { resourcePath } from './resource-path.ts';
import type { ApiRequest, ApiResponse, Transport, WatchStream } from './transport.ts';

export interface ApiClientOptions {
  /** What the server derives field managers from: `kube-controller-manager`. */
  readonly userAgent?: string;
}

type Query = Record<string, string>;

const PATCH_CONTENT: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

export function createApiClient(transport: Transport, { userAgent }: ApiClientOptions = {}): ApiClient {
  const headers: Record<string, string> = { accept: 'application/json', ...(userAgent ? { 'user-agent': userAgent } : {}) };

  const call = async <T>(request: ApiRequest): Promise<T> => {
    const response = await transport({ ...request, headers: { ...headers, ...request.headers } });
    return bodyOf(response) as T;
  };

  const put = <T extends KubeObject>(type: ResourceType<T>, object: T, options: WriteOptions): Promise<T> => {
    const { namespace, name } = object.metadata;
    return call({
      method: 'PUT',
      path: resourcePath(type, namespace, name, options.subresource),
      query: writeQuery(options),
      body: typed(type, object),
    });
  };

  return {
    get: (type, namespace, name, subresource) => call({ method: 'GET', path: resourcePath(type, namespace, name, subresource) }),
    list: async (type, namespace, options = {}) =>
      toList(await call<WireList>({ method: 'GET', path: resourcePath(type, namespace), query: listQuery(options) })),
    watch: async (type, namespace, options = {}) =>
      watchOf(await transport({ method: 'GET', path: resourcePath(type, namespace), query: { ...listQuery(options), watch: 'true' }, headers })),
    create: (type, object, options = {}) => {
      const { namespace, name } = object.metadata;
      const path = resourcePath(type, namespace, options.subresource ? name : undefined, options.subresource);
      return call({ method: 'POST', path, query: writeQuery(options), body: typed(type, object) });
    },
    update: (type, object, options = {}) => put(type, object, options),
    updateStatus: (type, object, options = {}) => put(type, object, { ...options, subresource: 'status' }),
    patch: (type, namespace, name, kind, patch, options = {}) =>
      call({
        method: 'PATCH',
        path: resourcePath(type, namespace, name, options.subresource),
        query: writeQuery(options),
        headers: { 'content-type': PATCH_CONTENT[kind] },
        body: patch,
      }),
    delete: async (type, namespace, name, options = {}) => {
      await call({ method: 'DELETE', path: resourcePath(type, namespace, name), body: deleteBody(options) });
    },
  };
}

function bodyOf(response: ApiResponse): unknown {
  if (response.status < 400) return response.body;
  throw StatusError.from(statusOf(response));
}

function statusOf({ status, body }: ApiResponse): Status {
  if (typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'Status') return body as Status;
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'Unknown', message: String(body ?? ''), code: status };
}

function watchOf(response: ApiResponse): WatchStream {
  if (response.watch) return response.watch;
  throw StatusError.from(statusOf(response));
}

interface WireList {
  readonly items?: readonly unknown[];
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
}

function toList<T>(list: WireList): ObjectList<T> {
  const { resourceVersion = '', continue: next } = list.metadata ?? {};
  return { items: (list.items ?? []) as readonly T[], resourceVersion, ...(next ? { continue: next } : {}) };
}

/** Items of lists carry no type of their own on the wire; what is sent always does. */
const typed = <T extends KubeObject>(type: ResourceType<T>, object: T): T =>
  object.kind && object.apiVersion ? object : { ...object, apiVersion: apiVersionOf(type), kind: type.kind };

function listQuery({ labelSelector, fieldSelector, limit, continue: next, resourceVersion }: ListOptions): Query {
  return present({ labelSelector, fieldSelector, limit: limit === undefined ? undefined : String(limit), continue: next, resourceVersion });
}

const writeQuery = ({ dryRun, fieldManager }: WriteOptions): Query => present({ dryRun: dryRun ? 'All' : undefined, fieldManager });

function present(query: Readonly<Record<string, string | undefined>>): Query {
  return Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}

const deleteBody = (options: DeleteOptions) => ({ kind: 'DeleteOptions', apiVersion: 'v1', ...options });
