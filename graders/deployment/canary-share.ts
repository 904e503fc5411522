import { all, type ClusterView, equal, failed, grader, type Outcome, passed, valueAt } from '../../src/trainer/grading/index.ts';

interface Endpoint {
  conditions?: { ready?: boolean };
  targetRef?: { name?: string };
}

export default grader({
  share: (c) => {
    const { ns, app, canary } = c.vars;
    const wanted = { stable: 10 - Number(canary), canary: Number(canary) };
    const found = { stable: endpointsOn(c, 'stable').length, canary: endpointsOn(c, 'canary').length };
    return equal(`service/${app} -n ${ns}`, 'ready endpoints', wanted, found, `kubectl -n ${ns} get pods -l app=${app} -L track -o wide`);
  },
  'service-answers': (c) =>
    all(
      () => (endpointsOn(c, 'canary').length > 0 ? passed : failed('unreachable', `pods of ${c.vars.app}-canary -n ${c.vars.ns}`)),
      () => (endpointsOn(c, 'stable').length > 0 ? passed : failed('unreachable', `pods of ${c.vars.app} -n ${c.vars.ns}`)),
      () => answers(c),
    ),
  'canary-release': (c) => {
    const { ns, app = '', canary } = c.vars;
    const deployment = c.get('Deployment', `${app}-canary`, ns);
    const stable = c.get('Deployment', app, ns).object;
    return all(
      () => deployment.has('spec.template.spec.containers[0].image', c.vars.new),
      () => deployment.has('spec.template.metadata.labels', { app, track: 'canary' }),
      () => deployment.has(`${CONTAINER}.readinessProbe.httpGet`, valueAt(stable, `${CONTAINER}.readinessProbe.httpGet`)),
      () => deployment.has('status.readyReplicas', canary),
    );
  },
  'stable-kept': (c) => {
    const { ns, app = '', old } = c.vars;
    const deployment = c.get('Deployment', app, ns);
    return all(
      () => c.get('Deployment', `${app}-canary`, ns).exists(),
      () => deployment.has(`${CONTAINER}.image`, old),
      () => deployment.has('spec.template.metadata.labels', { app, track: 'stable' }),
      () => deployment.where('unavailable replicas', 0, ({ status }) => (status as { unavailableReplicas?: number }).unavailableReplicas ?? 0),
    );
  },
});

const CONTAINER = 'spec.template.spec.containers[0]';

function endpointsOn(c: ClusterView, track: string): readonly Endpoint[] {
  const { ns = '', app } = c.vars;
  const pods = c.list('Pod', { namespace: ns, labels: `app=${app},track=${track}` }).map(({ metadata }) => metadata.name);
  return c
    .list('EndpointSlice', { namespace: ns, labels: `kubernetes.io/service-name=${app}` })
    .flatMap(({ endpoints }) => (endpoints ?? []) as Endpoint[])
    .filter(({ conditions, targetRef }) => conditions?.ready && pods.includes(targetRef?.name));
}

async function answers(c: ClusterView): Promise<Outcome> {
  const { ns = '', app } = c.vars;
  const url = `http://${app}/`;
  const answer = await c.request({ namespace: ns, pod: 'client' }, url);
  const look = `kubectl -n ${ns} exec client -- wget -qO- -T 2 ${url}`;
  return answer.status === 200
    ? passed
    : failed('unreachable', `${url} from pod/client`, { expected: 200, actual: answer.error ?? answer.status, look });
}
