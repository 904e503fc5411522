import { all, type ClusterView, failed, grader, passed, valueAt } from '../../src/trainer/grading/index.ts';

interface Probe {
  httpGet?: { path?: string; port?: number | string };
  tcpSocket?: { port?: number | string };
  initialDelaySeconds?: number;
  periodSeconds?: number;
  failureThreshold?: number;
}

export default grader({
  stable: (c) => {
    const { ns = '', app = '' } = c.vars;
    const pods = c.list('Pod', { namespace: ns, labels: `app=${app}` }).filter(({ metadata }) => !metadata.deletionTimestamp);
    const restarted = pods.find((pod) => Number(valueAt(pod, 'status.containerStatuses[0].restartCount') ?? 0) > 0);
    const look = `kubectl -n ${ns} get pods -l app=${app}`;
    return all(
      () => deploymentOf(c).has('spec.replicas', 2),
      () => deploymentOf(c).has('status.readyReplicas', 2),
      () => deploymentOf(c).has('status.updatedReplicas', 2),
      restarted ? failed('not-running', `pod/${restarted.metadata.name} -n ${ns}`, { aspect: 'restarts', expected: 0, look }) : passed,
    );
  },
  'startup-window': (c) => {
    const allow = Number(c.vars.allow);
    return all(
      () => deploymentOf(c).where('startup probe: GET / on port 80', true, (d) => asksThePage(d, 'startupProbe')),
      () => deploymentOf(c).has(`${CONTAINER}.startupProbe.periodSeconds`, 5),
      () => deploymentOf(c).where(`${allow}..${allow + 10} seconds to start`, true, (d) => windowOf(d) >= allow && windowOf(d) <= allow + 10),
    );
  },
  readiness: (c) =>
    all(
      () => deploymentOf(c).where('readiness probe: GET / on port 80', true, (d) => asksThePage(d, 'readinessProbe')),
      () => deploymentOf(c).has(`${CONTAINER}.readinessProbe.periodSeconds`, c.vars.readyEvery),
    ),
  'rest-kept': (c) =>
    all(
      () => deploymentOf(c).where('a startup probe', true, (d) => valueAt(d, `${CONTAINER}.startupProbe`) !== undefined),
      () => deploymentOf(c).has(`${CONTAINER}.livenessProbe`, { initialDelaySeconds: 5, periodSeconds: 5, failureThreshold: 3 }),
      () => deploymentOf(c).where('liveness probe: TCP port 80', 80, (d) => portOf(d, probeOf(d, 'livenessProbe')?.tcpSocket?.port)),
      () => deploymentOf(c).has(`${CONTAINER}.image`, 'nginx:1.27'),
      () => deploymentOf(c).where('command', true, (d) => String(valueAt(d, `${CONTAINER}.command[2]`)).includes(`sleep ${c.vars.boot}\n`)),
    ),
});

const CONTAINER = 'spec.template.spec.containers[0]';
const deploymentOf = (c: ClusterView) => c.get('Deployment', c.vars.app ?? '', c.vars.ns);
const probeOf = (deployment: unknown, name: string) => valueAt(deployment, `${CONTAINER}.${name}`) as Probe | undefined;

function portOf(deployment: unknown, port: number | string | undefined): number | undefined {
  const ports = (valueAt(deployment, `${CONTAINER}.ports`) ?? []) as readonly { name?: string; containerPort?: number }[];
  return typeof port === 'number' ? port : ports.find(({ name }) => name !== undefined && name === port)?.containerPort;
}

function asksThePage(deployment: unknown, name: string): boolean {
  const get = probeOf(deployment, name)?.httpGet;
  return get !== undefined && (get.path ?? '/') === '/' && portOf(deployment, get.port) === 80;
}

function windowOf(deployment: unknown): number {
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = probeOf(deployment, 'startupProbe') ?? {};
  return initialDelaySeconds + periodSeconds * failureThreshold;
}
