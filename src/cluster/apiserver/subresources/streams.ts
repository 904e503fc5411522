import type { ApiResponse } from '../../../api/client/transport.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { badRequest, forbidden, notFound, StatusError } from '../../../api/machinery/status-error.ts';
import type { PodSpec } from '../../../api/schema/generated/types.ts';
import type { ExecRequest, KubeletApi, LogRequest } from '../../kubelet/kubelet-api.ts';
import type { ResourceRequest, ServerContext } from '../context.ts';
import { isTrue, queryValue, queryValues } from '../request-info.ts';
import { textResponse } from '../responses.ts';
import { stored } from '../verbs/read.ts';

type Pod = KubeObject & { readonly spec: PodSpec };

/** Subresources of pods that the node's kubelet answers. */
export const STREAMS: Readonly<Record<string, Streaming>> = {
  log: podLogs,
  exec: creating((context, rr) => session(context, rr, 'exec')),
  attach: creating((context, rr) => session(context, rr, 'attach')),
  portforward: creating(portForward),
};

type Streaming = (context: ServerContext, rr: ResourceRequest) => Promise<ApiResponse>;

/** Whatever its method (a WebSocket opens with GET), a request that enters a pod takes the right to create. */
function creating(open: Streaming): Streaming {
  return async (context, rr) => {
    requireVerb(context, rr, 'create');
    return open(context, rr);
  };
}

function requireVerb({ authorizer }: ServerContext, { info, user, resource }: ResourceRequest, verb: string): void {
  if (info.verb === verb) return;
  const { allowed, reason } = authorizer.authorize({ ...info, user, verb });
  if (!allowed) throw forbidden({ group: resource.group, resource: resource.resource }, info.name, reason);
}

async function podLogs(context: ServerContext, rr: ResourceRequest): Promise<ApiResponse> {
  const pod = stored(context, rr) as Pod;
  const container = containerOf(pod, queryValue(rr.request, 'container') ?? '');
  if (!pod.spec.nodeName) return textResponse('');
  const bytes = await kubeletOf(context, pod).logs(logRequest(rr, container));
  if (isTrue(queryValue(rr.request, 'follow'))) return { ...textResponse(''), body: undefined, bytes };
  return textResponse(await collected(bytes));
}

async function collected(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function logRequest({ info, request }: ResourceRequest, container: string): LogRequest {
  const number = (name: string) => {
    const text = queryValue(request, name);
    return text === undefined ? {} : { [name]: Number(text) };
  };
  const flag = (name: string) => isTrue(queryValue(request, name));
  const sinceTime = queryValue(request, 'sinceTime');
  return {
    namespace: info.namespace,
    pod: info.name,
    container,
    follow: flag('follow'),
    previous: flag('previous'),
    timestamps: flag('timestamps'),
    ...number('tailLines'),
    ...number('limitBytes'),
    ...number('sinceSeconds'),
    ...(sinceTime ? { sinceTime } : {}),
    ...(request.signal ? { signal: request.signal } : {}),
  };
}

async function session(context: ServerContext, rr: ResourceRequest, kind: 'exec' | 'attach'): Promise<ApiResponse> {
  const pod = stored(context, rr) as Pod;
  const container = containerOf(pod, queryValue(rr.request, 'container') ?? '');
  if (!pod.spec.nodeName) throw badRequest(`pod ${rr.info.name} does not have a host assigned`);
  const flag = (name: string) => isTrue(queryValue(rr.request, name));
  const request: ExecRequest = {
    namespace: rr.info.namespace,
    pod: rr.info.name,
    container,
    command: queryValues(rr.request, 'command'),
    stdin: flag('stdin'),
    stdout: flag('stdout'),
    stderr: flag('stderr'),
    tty: flag('tty'),
  };
  return upgraded(await kubeletOf(context, pod)[kind](request));
}

async function portForward(context: ServerContext, rr: ResourceRequest): Promise<ApiResponse> {
  const pod = stored(context, rr) as Pod;
  if (!pod.spec.nodeName) throw badRequest(`pod ${rr.info.name} does not have a host assigned`);
  return upgraded(await kubeletOf(context, pod).portForward({ namespace: rr.info.namespace, pod: rr.info.name }));
}

const upgraded = (upgrade: NonNullable<ApiResponse['upgrade']>): ApiResponse => ({ status: 101, headers: {}, upgrade });

function kubeletOf({ kubelets, store }: ServerContext, { spec }: Pod): KubeletApi {
  const name = spec.nodeName ?? '';
  const node = store.get('/nodes', '', name);
  if (!node) throw notFound({ group: '', resource: 'nodes' }, name);
  const kubelet = kubelets(name);
  if (kubelet) return kubelet;
  const { addresses = [] } = (node.status ?? {}) as { addresses?: readonly { type: string; address: string }[] };
  const address = addresses.find(({ type }) => type === 'InternalIP')?.address ?? name;
  throw new StatusError({
    code: 500,
    reason: '',
    message: `Get "https://${address}:10250/": dial tcp ${address}:10250: connect: connection refused`,
  });
}

function containerOf({ metadata, spec }: Pod, wanted: string): string {
  const all = [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])].map(({ name }) => name);
  if (wanted) {
    if (all.includes(wanted)) return wanted;
    throw badRequest(`container ${wanted} is not valid for pod ${metadata.name}`);
  }
  const [only, ...more] = spec.containers;
  if (only && more.length === 0) return only.name;
  const choices = only ? `, choose one of: [${all.join(' ')}]` : '';
  throw badRequest(`a container name must be specified for pod ${metadata.name}${choices}`);
}
