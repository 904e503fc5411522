import { all, type ClusterView, equal, failed, grader, type Outcome, passed, valueAt } from '../../src/trainer/grading/index.ts';

interface Endpoint {
  conditions?: { ready?: boolean };
  addresses?: string[];
}

export default grader({
  'named-port': (c) => {
    const { ns, app = '', replicas } = c.vars;
    const deployment = c.get('Deployment', app, ns);
    return all(
      () => deployment.where('name of container port 80', 'http', (d) => webPorts(d).find(({ containerPort }) => containerPort === 80)?.name),
      () => deployment.has('status.updatedReplicas', replicas),
      () => deployment.has('status.availableReplicas', replicas),
    );
  },
  'node-answers': async (c) => {
    const answers = c.list('Node').map((node) => () => nodeAnswers(c, addressOf(node)));
    return all(...answers);
  },
  'target-by-name': (c) => {
    const { ns, app, port } = c.vars;
    const service = c.get('Service', `${app}-public`, ns);
    return all(
      () => service.has('spec.type', 'NodePort'),
      () => service.has('spec.ports[0].port', port),
      () => service.has('spec.ports[0].targetPort', 'http'),
    );
  },
  'only-its-pods': (c) => {
    const { ns = '', app = '' } = c.vars;
    const service = `${app}-public`;
    const slices = c.list('EndpointSlice', { namespace: ns, labels: `kubernetes.io/service-name=${service}` });
    const endpoints = slices.flatMap((slice) => (slice.endpoints ?? []) as Endpoint[]).filter(({ conditions }) => conditions?.ready);
    const pods = c.list('Pod', { namespace: ns, labels: `app=${app}` }).filter(({ metadata }) => !metadata.deletionTimestamp);
    const wanted = pods.map((pod) => String(valueAt(pod, 'status.podIP'))).sort();
    const found = endpoints.flatMap(({ addresses = [] }) => addresses).sort();
    const look = `kubectl -n ${ns} get endpointslices -l kubernetes.io/service-name=${service}`;
    return equal(`service/${service} -n ${ns}`, 'endpoints', wanted, found, look);
  },
});

const webPorts = (deployment: unknown) =>
  (valueAt(deployment, 'spec.template.spec.containers[0].ports') ?? []) as readonly { name?: string; containerPort?: number }[];

const addressOf = (node: unknown) =>
  ((valueAt(node, 'status.addresses') ?? []) as readonly { type: string; address: string }[]).find(({ type }) => type === 'InternalIP')?.address ??
  '';

async function nodeAnswers(c: ClusterView, address: string): Promise<Outcome> {
  const url = `http://${address}:${c.vars.nodePort}/`;
  const answer = await c.request({ host: 'host' }, url);
  return answer.status === 200
    ? passed
    : failed('unreachable', `${url} from ${c.vars.host}`, { expected: 200, actual: answer.error ?? answer.status, look: `curl ${url}` });
}
