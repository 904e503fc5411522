import type { KubeObject } from '../../api/machinery/object.ts';
import type { Clock } from '../../clock/index.ts';
import type { ServedResource } from '../apiserver/served-resource.ts';
import type { UserInfo } from '../apiserver/user.ts';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** One write on its way to the store. */
export interface AdmissionRequest {
  readonly operation: Operation;
  readonly resource: ServedResource;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly user: UserInfo;
  readonly dryRun: boolean;
  /** Absent on DELETE. */
  readonly object: KubeObject | undefined;
  /** Absent on CREATE. */
  readonly old: KubeObject | undefined;
  warn(text: string): void;
}

/** What plugins may look up: stored objects by group and resource, and the rights of users. */
export interface AdmissionView {
  readonly clock: Clock;
  get(group: string, resource: string, namespace: string, name: string): KubeObject | undefined;
  list(group: string, resource: string, namespace?: string): readonly KubeObject[];
  allowed(
    user: UserInfo,
    attributes: { verb: string; group: string; resource: string; subresource?: string; namespace?: string; name?: string },
  ): boolean;
  allowedPath(user: UserInfo, verb: string, path: string): boolean;
  /** The resource that serves a kind. */
  resourceOf(
    group: string,
    version: string,
    kind: string,
  ): { readonly group: string; readonly resource: string; readonly namespaced: boolean } | undefined;
  /** Writes past admission, for counters such as a quota's use. */
  record(group: string, resource: string, object: KubeObject): void;
}

/** Plugins throw StatusError to refuse. */
export interface AdmissionPlugin {
  readonly name: string;
  readonly operations: readonly Operation[];
  /** A group resource or resource/subresource (`pods`, `deployments.apps`, `pods/eviction`); absent: every write. */
  readonly resources?: readonly string[];
  mutate?(object: KubeObject, request: AdmissionRequest, view: AdmissionView): KubeObject;
  validate?(request: AdmissionRequest, view: AdmissionView): void;
}

export const defineAdmission = (plugin: AdmissionPlugin): AdmissionPlugin => plugin;
