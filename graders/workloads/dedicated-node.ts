import { all, type ClusterView, contains, equal, grader, type Outcome } from '../../src/trainer/grading/index.ts';

interface PodRules {
  affinity?: { nodeAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: { nodeSelectorTerms?: Term[] } } };
  nodeSelector?: Record<string, string>;
  tolerations?: { key?: string; operator?: string; value?: string; effect?: string }[];
}

interface Term {
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export default grader({
  'node-reserved': nodeReserved,
  tolerates: (c) => deployment(c).where('tolerates the taint', true, ({ spec }) => tolerates(podRules(spec), c)),
  bound: (c) => {
    const [replicas, nodes] = [Number(c.vars.replicas), new Set(nodesOf(c, c.vars.app))];
    return all(
      () => deployment(c).has('status.replicas', replicas),
      () => deployment(c).has('status.availableReplicas', replicas),
      () => deployment(c).has('status.updatedReplicas', replicas),
      () => deployment(c).lacks('spec.template.spec.nodeName'),
      () => deployment(c).where('requires the label', true, ({ spec }) => requires(podRules(spec), c)),
      () => equal(`pods of deployment/${c.vars.app} -n ${c.vars.ns}`, 'nodes', [c.vars.node], [...nodes], `kubectl -n ${c.vars.ns} get pods -o wide`),
    );
  },
  'others-gone': (c) => {
    const { ns, other = '', node = '' } = c.vars;
    const workload = c.get('Deployment', other, ns);
    return all(
      () => nodeReserved(c),
      () => workload.has('status.replicas', 4),
      () => workload.has('status.availableReplicas', 4),
      ...['affinity', 'nodeSelector', 'tolerations'].map((field) => () => workload.lacks(`spec.template.spec.${field}`)),
      () =>
        equal(`pods of deployment/${other} -n ${ns}`, `any on ${node}`, false, nodesOf(c, other).includes(node), `kubectl -n ${ns} get pods -o wide`),
    );
  },
});

const deployment = (c: ClusterView) => c.get('Deployment', c.vars.app ?? '', c.vars.ns);

const podRules = (spec: unknown) => (spec as { template: { spec: PodRules } }).template.spec;

function nodeReserved(c: ClusterView): Promise<Outcome> {
  const { node = '', key = '', team = '' } = c.vars;
  const taint = { key, value: team, effect: 'NoSchedule' };
  return all(
    () => c.get('Node', node).has(`metadata.labels["${key}"]`, team),
    () => c.get('Node', node).where('spec.taints', true, ({ spec }) => taintsOf(spec).some((found) => contains(found, taint))),
    () => c.get('Node', node).lacks('spec.unschedulable'),
  );
}

const taintsOf = (spec: unknown) => (spec as { taints?: unknown[] }).taints ?? [];

const nodesOf = ({ list, vars: { ns = '' } }: ClusterView, app = '') =>
  list('Pod', { namespace: ns, labels: `app=${app}` })
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .map(({ spec }) => (spec as { nodeName?: string }).nodeName);

const tolerates = ({ tolerations = [] }: PodRules, { vars: { key, team } }: ClusterView) =>
  tolerations.some(
    (t) => t.key === key && (t.operator === 'Exists' || t.value === team) && (t.effect === undefined || t.effect === '' || t.effect === 'NoSchedule'),
  );

/** Every alternative of the required rule must ask for the label. */
function requires({ affinity, nodeSelector }: PodRules, { vars: { key, team = '' } }: ClusterView): boolean {
  if (key !== undefined && nodeSelector?.[key] === team) return true;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const asks = ({ matchExpressions = [] }: Term) =>
    matchExpressions.some((rule) => rule.key === key && rule.operator === 'In' && contains(rule.values, [team]));
  return terms.length > 0 && terms.every(asks);
}
