import { all, type ClusterView, failed, grader, type Outcome, passed } from '../../src/trainer/grading/index.ts';

export default grader({
  'default-deny': (c) => {
    const { ns = '', other = '' } = c.vars;
    return all(
      () => c.get('NetworkPolicy', 'default-deny', ns).exists(),
      () => closed(c, other, 'visitor', addressOf(c, ns, 'ledger'), 80),
      () => closed(c, ns, 'ledger', addressOf(c, other, 'visitor'), 80),
      () => closed(c, ns, 'report', addressOf(c, ns, 'ledger'), 80),
    );
  },
  'path-open': (c) => {
    const { ns = '', other = '' } = c.vars;
    return all(
      () => closed(c, other, 'visitor', addressOf(c, ns, 'ledger'), 80),
      () => frontIsAnswered(c),
    );
  },
  'only-front': (c) => {
    const { ns = '', other = '', api = '', port } = c.vars;
    return all(
      () => closed(c, ns, 'report', addressOf(c, ns, api), Number(port)),
      () => closed(c, ns, 'ledger', addressOf(c, ns, api), Number(port)),
      () => closed(c, other, 'visitor', addressOf(c, ns, api), Number(port)),
    );
  },
  'only-one-port': (c) => {
    const { ns = '', other = '', front = '', api = '', adminPort } = c.vars;
    return all(
      () => closed(c, ns, front, addressOf(c, ns, api), Number(adminPort)),
      () => closed(c, ns, front, addressOf(c, ns, 'ledger'), 80),
      () => closed(c, ns, front, addressOf(c, other, 'visitor'), 80),
      () => closed(c, ns, front, addressOf(c, other, 'visitor'), 53),
    );
  },
});

/** By cluster IP, so that a closed path is told from a name that does not resolve. */
const addressOf = (c: ClusterView, namespace: string, service: string): string => {
  const spec = c.get('Service', service, namespace).object?.spec as { clusterIP?: string } | undefined;
  return spec?.clusterIP ?? '';
};

async function closed(c: ClusterView, namespace: string, pod: string, address: string, port: number): Promise<Outcome> {
  const subject = `request from pod/${pod} -n ${namespace} to ${address}:${port}`;
  const running = c.get('Pod', pod, namespace).has('status.phase', 'Running');
  if (!running.ok || !address) return running.ok ? failed('missing', subject) : running;
  const look = `kubectl -n ${namespace} exec ${pod} -- ${pod === 'report' ? 'wget -qO- -T 2' : 'curl -m 2'} http://${address}:${port}/`;
  return (await c.canConnect({ namespace, pod }, address, port)) ? failed('reachable', subject, { look }) : passed;
}

async function frontIsAnswered(c: ClusterView): Promise<Outcome> {
  const { ns = '', front = '', api = '', port } = c.vars;
  const url = `http://${api}:${port}/`;
  const answer = await c.request({ namespace: ns, pod: front }, url);
  const look = `kubectl -n ${ns} exec ${front} -- curl -m 2 ${url}`;
  return answer.body.trim() === api
    ? passed
    : failed('unreachable', `${url} from pod/${front}`, { expected: 200, actual: answer.error ?? answer.status, look });
}
