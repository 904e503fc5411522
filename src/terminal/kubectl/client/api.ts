import type { ApiRequest, ApiResponse, Transport } from '../../../api/client/transport.ts';
import { ConnectionError } from '../../../api/client/transport.ts';
import { isPlainObject } from '../../../api/machinery/json.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { StatusError } from '../../../api/machinery/status-error.ts';
import type { Status } from '../../../api/schema/generated/types.ts';
import { ServerUnreachable, UsageError } from '../errors.ts';
import type { RequestLog } from './request-log.ts';

export interface ApiOptions {
  readonly transport: Transport;
  /** host:port, for complaints about the connection. */
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly warn: (warning: string) => Promise<void>;
  readonly log?: RequestLog | undefined;
  readonly now?: () => number;
}

type Query = ApiRequest['query'];

/** Requests with this client's identity; failures of the server are thrown as StatusError, warnings are shown once each. */
export class Api {
  readonly host: string;
  readonly #options: ApiOptions;
  readonly #warned = new Set<string>();

  constructor(options: ApiOptions) {
    this.#options = options;
    this.host = options.host;
  }

  /** Any answer that is not a failure. */
  async send(request: ApiRequest, about = ''): Promise<ApiResponse> {
    const headers = { accept: 'application/json', 'user-agent': 'kubectl/v1.36.2 (linux/amd64)', ...this.#options.headers, ...request.headers };
    const { log, now = () => 0 } = this.#options;
    const sent = now();
    let response: ApiResponse;
    try {
      response = await this.#options.transport({ ...request, headers });
    } catch (error) {
      if (error instanceof ConnectionError) throw new ServerUnreachable(this.host, error.message);
      throw error;
    }
    await log?.(request, response, now() - sent);
    for (const warning of response.warnings ?? []) {
      if (this.#warned.has(warning)) continue;
      this.#warned.add(warning);
      await this.#options.warn(warning);
    }
    if (response.status >= 400) throw failureOf(response, about);
    return response;
  }

  get warnings(): number {
    return this.#warned.size;
  }

  async get(path: string, query?: Query, headers?: Record<string, string>): Promise<KubeObject> {
    return this.#object({ method: 'GET', path, ...(query ? { query } : {}), ...(headers ? { headers } : {}) });
  }

  async post(path: string, body: unknown, query?: Query): Promise<KubeObject> {
    return this.#object({ method: 'POST', path, body, ...(query ? { query } : {}), headers: { 'content-type': 'application/json' } });
  }

  async put(path: string, body: unknown, query?: Query): Promise<KubeObject> {
    return this.#object({ method: 'PUT', path, body, ...(query ? { query } : {}), headers: { 'content-type': 'application/json' } });
  }

  async patch(path: string, type: string, body: unknown, query?: Query): Promise<KubeObject> {
    return this.#object({ method: 'PATCH', path, body, ...(query ? { query } : {}), headers: { 'content-type': type } });
  }

  async delete(path: string, options: unknown, query?: Query): Promise<KubeObject> {
    return this.#object({ method: 'DELETE', path, body: options, ...(query ? { query } : {}), headers: { 'content-type': 'application/json' } });
  }

  /** Failures that the server does not explain say what was asked for. */
  async #object(request: ApiRequest): Promise<KubeObject> {
    return objectOf(await this.send(request, resourceOf(request)));
  }
}

function objectOf(response: ApiResponse): KubeObject {
  const body = typeof response.body === 'string' ? JSON.parse(response.body) : response.body;
  if (!isPlainObject(body)) throw new UsageError('the server answered with something that is no object');
  return body as unknown as KubeObject;
}

/** ` (get pods web)`; nothing for a path that is about no resource. */
function resourceOf({ method, path }: ApiRequest): string {
  const [, group = '', resource = '', name] = /^\/(?:api|apis\/([^/]+))\/[^/]+(?:\/namespaces\/[^/]+(?=\/))?\/([^/]+)(?:\/([^/]+))?/.exec(path) ?? [];
  return resource ? ` (${method.toLowerCase()} ${resource}${group ? `.${group}` : ''}${name ? ` ${name}` : ''})` : '';
}

function failureOf({ status, body }: ApiResponse, about: string): StatusError {
  if (isPlainObject(body) && body.kind === 'Status') return StatusError.from(body as unknown as Status);
  const known = genericFailures[status];
  if (known) return new StatusError({ code: status, reason: known[0], message: `${known[1]}${about}` });
  return new StatusError({
    code: status,
    reason: '',
    message: `an error on the server (${JSON.stringify(String(body ?? ''))}) has prevented the request from succeeding${about}`,
  });
}

/** What client-go says of a bare HTTP status. */
const genericFailures: Readonly<Record<number, readonly [string, string]>> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: ['Unauthorized', 'the server has asked for the client to provide credentials'],
  403: ['Forbidden', 'the server does not allow access to the requested resource'],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  409: ['Conflict', 'the server reported a conflict'],
  410: ['Gone', 'the server no longer provides this resource'],
  429: ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Timeout', 'the server was unable to return a response in the time allotted, but may still be processing the request'],
};
