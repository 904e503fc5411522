import { all, type ClusterView, equal, grader, type Outcome, type Subject } from '../../src/trainer/grading/index.ts';

interface NodeRules {
  affinity?: { nodeAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: { nodeSelectorTerms?: Term[] } } };
  nodeSelector?: Record<string, string>;
}

interface Term {
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export default grader({
  'parser-runs': (c) => {
    const parser = deployment(c, 'parser');
    return all(
      () => parser.has('spec.template.spec.containers[0].resources.requests', { cpu: c.vars.cpu, memory: '64Mi' }),
      () => runs(parser, 2),
    );
  },
  'render-runs': (c) =>
    all(
      () => runs(deployment(c, 'render'), 2),
      () => deployment(c, 'render').where('kept to nodes with rack=', c.vars.rack, ({ spec }) => keptTo(templateSpec(spec))),
    ),
  'ledger-runs': (c) => {
    const { ns, claim = '', volume, ledger } = c.vars;
    return all(
      () => runs(deployment(c, 'ledger'), 1),
      () => c.get('PersistentVolumeClaim', claim, ns).has('status.phase', 'Bound'),
      () => c.get('PersistentVolumeClaim', claim, ns).has('spec.volumeName', volume),
      () => deployment(c, 'ledger').where(`pods of ${ledger} mount`, true, ({ spec }) => JSON.stringify(spec).includes(`"claimName":"${claim}"`)),
    );
  },
  'report-runs': (c) => runs(deployment(c, 'report'), 1),
  'rules-kept': (c) =>
    all(
      ...['parser', 'render', 'ledger', 'report'].map((name) => () => deployment(c, name).where('available replicas', true, isAvailable)),
      () => nodesAsTheyWere(c),
      () => c.get('PersistentVolume', c.vars.volume ?? '').has('spec.capacity.storage', `${c.vars.size}Gi`),
      () => c.get('PersistentVolume', c.vars.volume ?? '').has('spec.hostPath.path', `/srv/${c.vars.ledger}`),
    ),
});

const deployment = (c: ClusterView, name: string) => c.get('Deployment', c.vars[name] ?? '', c.vars.ns);

const runs = (workload: Subject, replicas: number): Promise<Outcome> =>
  all(
    () => workload.has('spec.replicas', replicas),
    () => workload.has('status.availableReplicas', replicas),
    () => workload.has('status.updatedReplicas', replicas),
    () => workload.lacks('status.unavailableReplicas'),
  );

const isAvailable = ({ status }: Readonly<Record<string, unknown>>) =>
  Number((status as { availableReplicas?: number } | undefined)?.availableReplicas ?? 0) > 0;

const templateSpec = (spec: unknown) => (spec as { template: { spec: NodeRules } }).template.spec;

/** The one rack that the Pods may be scheduled to, if there is just one. */
function keptTo({ affinity, nodeSelector }: NodeRules): string | undefined {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const racks = terms.map(({ matchExpressions = [] }) => matchExpressions.find(({ key, operator }) => key === 'rack' && operator === 'In')?.values);
  const [only] = racks[0] ?? [];
  const agreed = racks.every((values) => values?.length === 1 && values[0] === only);
  return nodeSelector?.rack ?? (agreed ? only : undefined);
}

function nodesAsTheyWere(c: ClusterView): Outcome {
  const { node, rack } = c.vars;
  const workers = c.list('Node').filter(({ metadata }) => metadata.name !== 'controlplane');
  const found = workers.map(({ metadata, spec }) => `${metadata.name}: rack=${metadata.labels?.rack ?? ''} ${taintsOf(spec).join()}`);
  const wanted = ['node01', 'node02'].map((name) => (name === node ? `${name}: rack=${rack} rack=${rack}:NoSchedule` : `${name}: rack= `));
  return equal('nodes', 'labels and taints', wanted, found.sort(), 'kubectl describe nodes');
}

const taintsOf = (spec: unknown) =>
  ((spec as { taints?: { key: string; value?: string; effect: string }[] }).taints ?? []).map(
    ({ key, value, effect }) => `${key}=${value}:${effect}`,
  );
