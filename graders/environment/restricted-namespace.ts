import { all, type ClusterView, equal, failed, grader, type Outcome, passed } from '../../src/trainer/grading/index.ts';

const LEVEL = 'pod-security.kubernetes.io/enforce';

export default grader({
  running: allReady,
  answers: async (c) => {
    const { ns = '', app = '' } = c.vars;
    const address = (c.get('Service', app, ns).object?.spec as { clusterIP?: string } | undefined)?.clusterIP;
    const answer = await c.request({ host: 'node01' }, `http://${address ?? 'none'}/`);
    if (answer.body.includes(`${app} is open`)) return passed;
    return failed('unreachable', `service/${app} -n ${ns}`, { actual: answer.error ?? answer.status, look: `kubectl -n ${ns} get endpointslices` });
  },
  'as-user': async (c) => {
    const { ns = '', app, uid } = c.vars;
    for (const { metadata } of podsOf(c)) {
      const pod = metadata.name ?? '';
      const look = `kubectl -n ${ns} exec ${pod} -- id -u`;
      const outcome = equal(`pod/${pod} -n ${ns}`, 'user ID', uid, (await c.exec(ns, pod, ['id', '-u'])).stdout.trim(), look);
      if (!outcome.ok) return outcome;
    }
    return podsOf(c).length > 0 ? passed : failed('not-running', `deployment/${app} -n ${ns}`, { look: `kubectl -n ${ns} get pods` });
  },
  'namespace-kept': (c) =>
    all(
      () => allReady(c),
      () => c.get('Namespace', c.vars.ns ?? '').has(`metadata.labels["${LEVEL}"]`, 'restricted'),
    ),
  'application-kept': (c) => {
    const { ns, app = '', replicas, port } = c.vars;
    const deployment = c.get('Deployment', app, ns);
    const container = 'spec.template.spec.containers[0]';
    const command = `echo '${app} is open' > /scratch/index.html && exec python3 -m http.server ${port} --directory /scratch`;
    return all(
      () => allReady(c),
      () => deployment.has('spec.replicas', Number(replicas)),
      () => deployment.has(`${container}.image`, 'python:3.13-slim'),
      () => deployment.has(`${container}.args`, [command]),
      () => deployment.has(`${container}.ports[0].containerPort`, Number(port)),
    );
  },
});

const podsOf = (c: ClusterView) =>
  c.list('Pod', { namespace: c.vars.ns ?? '', labels: `app=${c.vars.app}` }).filter(({ metadata }) => !metadata.deletionTimestamp);

function allReady(c: ClusterView): Promise<Outcome> {
  const { ns, app = '', replicas } = c.vars;
  const deployment = c.get('Deployment', app, ns);
  return all(
    () => deployment.has('status.availableReplicas', Number(replicas)),
    () => deployment.has('status.updatedReplicas', Number(replicas)),
  );
}
