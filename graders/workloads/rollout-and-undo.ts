import { all, type ClusterView, failed, grader, passed, valueAt } from '../../src/trainer/grading/index.ts';

/** The Pod templates of the revisions that the candidate finds. */
const REVISIONS: Readonly<Record<string, { image: string; theme: string }>> = {
  '1': { image: 'nginx:1.25.5', theme: 'plain' },
  '2': { image: 'nginx:1.26.3', theme: 'dark' },
};

const CONTAINER = 'spec.template.spec.containers[0]';
const CAUSE = 'metadata.annotations["kubernetes.io/change-cause"]';

export default grader({
  strategy: (c) =>
    all(
      () => deployment(c).has('spec.strategy.type', 'RollingUpdate'),
      () => deployment(c).has('spec.strategy.rollingUpdate.maxSurge', c.vars.surge),
      () => deployment(c).has('spec.strategy.rollingUpdate.maxUnavailable', 0),
    ),
  released: (c) => {
    const { ns = '', app = '', image } = c.vars;
    const releases = c.list('ReplicaSet', { namespace: ns, labels: `app=${app}` }).filter((set) => valueAt(set, `${CONTAINER}.image`) === image);
    const look = `kubectl -n ${ns} rollout history deployment ${app}`;
    return releases.length > 0 ? passed : failed('missing', `revision of deployment/${app} -n ${ns}`, { aspect: 'image', expected: image, look });
  },
  undone: (c) => {
    const { image, theme } = REVISIONS[c.vars.revision ?? ''] ?? {};
    const replicas = Number(c.vars.replicas);
    return all(
      () => deployment(c).has(`${CONTAINER}.image`, image),
      () => deployment(c).has(`${CONTAINER}.env`, [{ name: 'THEME', value: theme }]),
      () => deployment(c).has('spec.replicas', replicas),
      () => deployment(c).has('status.replicas', replicas),
      () => deployment(c).has('status.updatedReplicas', replicas),
      () => deployment(c).has('status.availableReplicas', replicas),
    );
  },
  reason: (c) => deployment(c).has(CAUSE, `rolled back, see CASE-${c.vars.ticket}`),
});

const deployment = (c: ClusterView) => c.get('Deployment', c.vars.app ?? '', c.vars.ns);
