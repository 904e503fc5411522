import type { ApiRequest, ApiResponse, Transport } from '../../api/client/transport.ts';
import { badRequest, internalError, StatusError } from '../../api/machinery/status-error.ts';
import type { Clock } from '../../clock/index.ts';
import type { HttpRequest, Service } from '../../machine/network.ts';
import { createAdmissionChain } from '../admission/admission-chain.ts';
import { admissionPlugins } from '../admission/index.ts';
import type { KubeletDirectory } from '../kubelet/kubelet-api.ts';
import type { Store } from '../store/index.ts';
import { admissionView } from './admission-view.ts';
import { impersonated } from './authn/impersonation.ts';
import { createAuthenticator } from './authn/index.ts';
import { type Credential, createAuthority } from './authority.ts';
import { createAuthorizer } from './authz/index.ts';
import { requireAuthorized } from './authz/require.ts';
import type { ResourceRequest, ServerContext } from './context.ts';
import { followDefinitions } from './crd/crd-controller.ts';
import { dispatch } from './dispatch.ts';
import { answerPath } from './non-resource.ts';
import { Registry } from './registry.ts';
import { isTrue, queryValue, type RequestInfo, requestInfo } from './request-info.ts';
import { RequestMetrics } from './request-metrics.ts';
import { errorResponse, notFoundPage } from './responses.ts';
import type { ServedResource } from './served-resource.ts';
import { anonymous, authenticated, type UserInfo } from './user.ts';

export interface ApiServerOptions {
  readonly clock: Clock;
  readonly store: Store;
  /** How to reach the kubelets; none can be reached by default. */
  readonly kubelets?: KubeletDirectory;
  /** `v1.36.2` */
  readonly version?: string;
  /** Addresses beside the Service's and loopback on which it is reached: its certificate names them. */
  readonly addresses?: readonly string[];
}

export interface ApiServer {
  /** Answers on behalf of a user who is already authenticated. Never rejects. */
  handle(request: ApiRequest, user: UserInfo): Promise<ApiResponse>;
  transport(user: UserInfo): Transport;
  /** Authenticates by client certificate or bearer token. */
  http(request: HttpRequest): Promise<ApiResponse>;
  /** The same, for a port of a simulated machine. */
  service(): Service;
  /** Made when first asked for. */
  serverCertificate(): Credential;
  readonly context: ServerContext;
}

export function createApiServer({ clock, store, kubelets = () => undefined, version = 'v1.36.2', addresses = [] }: ApiServerOptions): ApiServer {
  const registry = new Registry();
  const authorizer = createAuthorizer(store);
  const admission = createAdmissionChain(admissionPlugins, admissionView({ clock, store, registry, authorizer }));
  const context: ServerContext = {
    clock,
    store,
    registry,
    admission,
    authorizer,
    kubelets,
    authority: createAuthority(clock),
    version,
    metrics: new RequestMetrics(),
  };
  followDefinitions(context);
  const authenticate = createAuthenticator(context);
  const handle = (request: ApiRequest, user: UserInfo) => answer(context, request, user);
  const http = async (request: HttpRequest) => {
    const user = authenticate(request);
    if (user instanceof StatusError) return errorResponse(user);
    return handle(request as ApiRequest, user ?? anonymous);
  };
  let credential: Credential | undefined;
  const serverCertificate = () => {
    credential ??= context.authority.serverCredential('kube-apiserver', { ...SERVER_NAMES, ips: [...SERVER_NAMES.ips, ...addresses] });
    return credential;
  };
  return {
    handle,
    transport: (user) => (request) => handle(request, user),
    http,
    service: () => ({
      name: 'kube-apiserver',
      http,
      tls: {
        get certificate() {
          return serverCertificate().certificate;
        },
      },
    }),
    serverCertificate,
    context,
  };
}

const SERVER_NAMES = {
  dns: ['controlplane', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local', 'localhost'],
  ips: ['10.96.0.1', '127.0.0.1'],
};

async function answer(context: ServerContext, request: ApiRequest, caller: UserInfo): Promise<ApiResponse> {
  const warnings: string[] = [];
  const info = requestInfo(request);
  const response = await answerSafely(context, request, info, caller, warnings);
  context.metrics.count(info, response.status, isTrue(queryValue(request, 'dryRun')));
  return warnings.length > 0 ? { ...response, warnings: [...new Set(warnings)] } : response;
}

async function answerSafely(
  context: ServerContext,
  request: ApiRequest,
  info: RequestInfo,
  caller: UserInfo,
  warnings: string[],
): Promise<ApiResponse> {
  try {
    const user = impersonated(context, request, authenticated(caller));
    requireAuthorized(context, info, user);
    if (!info.isResource) return answerPath(context, request);
    const resource = context.registry.find(info.group, info.version, info.resource);
    if (!resource) return notFoundPage();
    return await dispatch(
      context,
      resourceRequest(resource, request, info, user, (text) => warnings.push(text)),
    );
  } catch (error) {
    return errorResponse(statusOf(error));
  }
}

function statusOf(error: unknown): StatusError {
  if (error instanceof StatusError) return error;
  if (error instanceof RangeError && error.message.startsWith('Maximum call stack')) return badRequest('exceeded max depth');
  return internalError(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function resourceRequest(
  resource: ServedResource,
  request: ApiRequest,
  info: RequestInfo,
  user: UserInfo,
  warn: (text: string) => void,
): ResourceRequest {
  const dryRun = isTrue(queryValue(request, 'dryRun'));
  const fieldManager = queryValue(request, 'fieldManager') || managerOf(request.headers?.['user-agent']);
  const own = resource.group === '' && resource.resource === 'namespaces' && info.name ? { ...info, namespace: info.name } : info;
  if (resource.deprecation) warn(resource.deprecation);
  return { info: own, resource, user, request, dryRun, fieldManager, warn };
}

/** The client's own name, as upstream takes it from the user agent. */
const managerOf = (agent = 'unknown'): string => agent.split('/')[0]?.slice(0, 128) || 'unknown';
