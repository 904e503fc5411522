import { all, type ClusterView, equal, failed, grader, type Outcome, passed } from '../../src/trainer/grading/index.ts';

interface Endpoint {
  conditions?: { ready?: boolean };
  addresses?: string[];
}

export default grader({
  answers: serviceAnswers,
  'all-endpoints': (c) => {
    const { ns = '', app = '', replicas } = c.vars;
    const slices = c.list('EndpointSlice', { namespace: ns, labels: `kubernetes.io/service-name=${app}` });
    const ready = slices.flatMap(({ endpoints }) => (endpoints ?? []) as Endpoint[]).filter(({ conditions }) => conditions?.ready);
    return equal(
      `service/${app} -n ${ns}`,
      'ready endpoints',
      replicas,
      ready.length,
      `kubectl -n ${ns} get endpointslices -l kubernetes.io/service-name=${app}`,
    );
  },
  'deployment-kept': (c) => {
    const { ns = '', app = '', replicas } = c.vars;
    const deployment = c.get('Deployment', app, ns);
    return all(
      () => serviceAnswers(c),
      () => deployment.has('spec.replicas', Number(replicas)),
      () => deployment.has('spec.template.metadata.labels', { app, tier: 'web' }),
      () => deployment.has('spec.template.spec.containers[0].image', 'nginx:1.27'),
      () => deployment.where('readiness probe', true, (d) => JSON.stringify(d.spec).includes('readinessProbe')),
    );
  },
});

async function serviceAnswers(c: ClusterView): Promise<Outcome> {
  const { ns = '', app, port } = c.vars;
  const url = `http://${app}:${port}/`;
  const answer = await c.request({ namespace: ns, pod: 'client' }, url);
  const look = `kubectl -n ${ns} exec client -- wget -qO- -T 2 ${url}`;
  return answer.status === 200
    ? passed
    : failed('unreachable', `${url} from pod/client`, { expected: 200, actual: answer.error ?? answer.status, look });
}
