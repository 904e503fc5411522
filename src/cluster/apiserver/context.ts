import type { ApiRequest } from '../../api/client/transport.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import type { Clock } from '../../clock/index.ts';
import type { AdmissionChain } from '../admission/admission-chain.ts';
import type { KubeletDirectory } from '../kubelet/kubelet-api.ts';
import type { Store } from '../store/index.ts';
import type { Authority } from './authority.ts';
import type { Authorizer } from './authz/authorizer.ts';
import type { Registry } from './registry.ts';
import type { RequestInfo } from './request-info.ts';
import type { RequestMetrics } from './request-metrics.ts';
import type { ServedResource } from './served-resource.ts';
import type { UserInfo } from './user.ts';

/** What every handler works with. */
export interface ServerContext {
  readonly clock: Clock;
  readonly store: Store;
  readonly registry: Registry;
  readonly admission: AdmissionChain;
  readonly authorizer: Authorizer;
  readonly kubelets: KubeletDirectory;
  readonly authority: Authority;
  readonly version: string;
  readonly metrics: RequestMetrics;
}

/** An authorised request for a served resource. */
export interface ResourceRequest {
  readonly info: RequestInfo;
  readonly resource: ServedResource;
  readonly user: UserInfo;
  readonly request: ApiRequest;
  readonly dryRun: boolean;
  readonly fieldManager: string;
  readonly warn: (text: string) => void;
}

/** What a handler found or made; `representation` shapes it for the caller. */
export type Result =
  | { readonly shape: 'object'; readonly object: KubeObject; readonly status?: number; readonly resource: ServedResource }
  | { readonly shape: 'raw'; readonly body: unknown; readonly status?: number };
