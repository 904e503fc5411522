import { deepEqual } from '../../../../../api/machinery/deep-equal.ts';
import { formatSelector, selectorFromObject } from '../../../../../api/machinery/labels.ts';
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../../../../api/schema/generated/types.ts';
import type { Invocation } from '../../../invocation.ts';

export interface ReplicaSetsOfDeployment {
  readonly current: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
}

/** The replica sets that a deployment controls: the one of its present template, and the others. */
export async function replicaSetsOf(kubectl: Invocation, { metadata, spec }: Deployment): Promise<ReplicaSetsOfDeployment> {
  const labelSelector = spec?.selector ? formatSelector(selectorFromObject(spec.selector)) : '';
  const list = await kubectl.api.get(`/apis/apps/v1/namespaces/${metadata?.namespace}/replicasets`, { labelSelector });
  const own = (list.items as unknown as readonly ReplicaSet[]).filter((set) =>
    set.metadata?.ownerReferences?.some(({ controller, uid }) => controller && uid === metadata?.uid),
  );
  const oldestFirst = [...own].sort((a, b) => ((a.metadata?.creationTimestamp ?? '') < (b.metadata?.creationTimestamp ?? '') ? -1 : 1));
  const current = oldestFirst.find((set) => deepEqual(withoutHash(set.spec?.template), withoutHash(spec?.template)));
  return { current, old: own.filter((set) => set !== current) };
}

function withoutHash(template: PodTemplateSpec | undefined): unknown {
  const { 'pod-template-hash': _hash, ...labels } = template?.metadata?.labels ?? {};
  return { ...template, metadata: { ...template?.metadata, labels } };
}
