import { Pods } from '../../../api/kinds/resource-types.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { isStatusError, type StatusError } from '../../../api/machinery/status-error.ts';
import type { PodTemplateSpec } from '../../../api/schema/generated/types.ts';
import type { ControllerContext } from '../define-controller.ts';
import type { Pod } from '../objects.ts';
import { controllerRef } from './owner.ts';

/** A pod as a controller makes it from its template. */
export function podFromTemplate(template: PodTemplateSpec, owner: KubeObject, name?: string): Pod {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  const prefix = `${owner.metadata.name ?? ''}-`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(name ? { name } : { generateName: prefix }),
      namespace: owner.metadata.namespace ?? '',
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(finalizers ? { finalizers } : {}),
      ownerReferences: [controllerRef(owner)],
    },
    spec: template.spec ?? { containers: [] },
  };
}

export async function createPod({ api, event }: ControllerContext, pod: Pod, owner: KubeObject): Promise<Pod> {
  try {
    const created = await api.create(Pods, pod);
    event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name ?? ''}`);
    return created;
  } catch (error) {
    if (!isNamespaceTerminating(error)) event(owner, 'Warning', 'FailedCreate', `Error creating: ${messageOf(error)}`);
    throw error;
  }
}

export async function deletePod({ api, event }: ControllerContext, pod: Pod, owner: KubeObject): Promise<void> {
  const { namespace = '', name = '' } = pod.metadata;
  try {
    await api.delete(Pods, namespace, name);
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return;
    event(owner, 'Warning', 'FailedDelete', `Error deleting: ${messageOf(error)}`);
    throw error;
  }
  event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
}

export const isNamespaceTerminating = (error: unknown): error is StatusError =>
  isStatusError(error) && (error.status.details?.causes ?? []).some(({ reason }) => reason === 'NamespaceTerminating');

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
