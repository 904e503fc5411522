import type { PodTemplateSpec, Toleration } from '../../../api/schema/generated/types.ts';
import { matchesNode } from '../../scheduler/node-selector.ts';
import { tolerates } from '../../scheduler/tolerations.ts';
import type { DaemonSet, Node, Pod } from '../objects.ts';

const always = (key: string, effect: string): Toleration => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect });

const ADDED: readonly Toleration[] = [
  always('not-ready', 'NoExecute'),
  always('unreachable', 'NoExecute'),
  always('disk-pressure', 'NoSchedule'),
  always('memory-pressure', 'NoSchedule'),
  always('pid-pressure', 'NoSchedule'),
  always('unschedulable', 'NoSchedule'),
];

export function tolerationsOf({ spec }: PodTemplateSpec): readonly Toleration[] {
  const own = spec?.tolerations ?? [];
  const added = spec?.hostNetwork ? [...ADDED, always('network-unavailable', 'NoSchedule')] : ADDED;
  return [...own, ...added.filter((a) => !own.some((b) => a.key === b.key && a.effect === b.effect && a.operator === b.operator))];
}

/** Whether a new pod belongs on a node, and whether one that is there may stay. */
export function fitOf(set: DaemonSet, node: Node): { shouldRun: boolean; mayStay: boolean } {
  const template = set.spec?.template ?? {};
  const pod: Pod = { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: template.spec ?? { containers: [] } };
  const named = !template.spec?.nodeName || template.spec.nodeName === node.metadata.name;
  if (!named || !matchesNode(pod, node)) return { shouldRun: false, mayStay: false };
  const tolerations = tolerationsOf(template);
  const untolerated = (node.spec?.taints ?? [])
    .filter(({ effect }) => effect !== 'PreferNoSchedule')
    .filter((taint) => !tolerates(tolerations, taint));
  return { shouldRun: untolerated.length === 0, mayStay: !untolerated.some(({ effect }) => effect === 'NoExecute') };
}

/** The template made out to one node, whose name the scheduler reads from the affinity. */
export function templateFor({ spec, metadata }: PodTemplateSpec, labels: Readonly<Record<string, string>>, node: string): PodTemplateSpec {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const terms = required?.nodeSelectorTerms.map((term) => ({ ...term, matchFields })) ?? [{ matchFields }];
  const nodeAffinity = { ...spec?.affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } };
  return {
    metadata: { ...metadata, labels: { ...metadata?.labels, ...labels } },
    spec: {
      ...spec,
      containers: spec?.containers ?? [],
      affinity: { ...spec?.affinity, nodeAffinity },
      tolerations: tolerationsOf({ ...(spec ? { spec } : {}) }),
    },
  };
}

/** The node a daemon pod is meant for, placed or not yet. */
export function targetNode({ spec }: Pod): string {
  if (spec?.nodeName) return spec.nodeName;
  const terms = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms[0]?.matchFields?.find(({ key }) => key === 'metadata.name')?.values?.[0] ?? '';
}
