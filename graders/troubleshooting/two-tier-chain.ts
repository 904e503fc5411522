import { all, type ClusterView, equal, failed, grader, type Outcome, passed } from '../../src/trainer/grading/index.ts';

interface Slice {
  ports?: { port?: number }[];
  endpoints?: { conditions?: { ready?: boolean }; addresses?: string[] }[];
}

export default grader({
  'service-forwards': (c) => {
    const { apiNs = '', api, port, replicas } = c.vars;
    const slices = c.list('EndpointSlice', { namespace: apiNs, labels: `kubernetes.io/service-name=${api}` }) as unknown as Slice[];
    const serving = slices.filter(({ ports }) => ports?.some((p) => String(p.port) === port)).flatMap(({ endpoints }) => endpoints ?? []);
    const ready = serving.filter(({ conditions }) => conditions?.ready).length;
    return equal(`service/${api} -n ${apiNs}`, `ready endpoints on port ${port}`, replicas, ready, `kubectl -n ${apiNs} get endpointslices`);
  },
  'name-resolves': (c) => {
    const { webNs = '' } = c.vars;
    return eachFrontPod(c, async (pod, url) => {
      const host = hostOf(url);
      const found = await c.resolves({ namespace: webNs, pod }, host);
      const look = `kubectl -n ${webNs} exec ${pod} -- nslookup ${host}`;
      return found.length > 0 ? passed : failed('unreachable', `pod/${pod} -n ${webNs}`, { aspect: 'API_URL', actual: `${url}: no such host`, look });
    });
  },
  answered,
  'others-refused': (c) => {
    const { webNs = '', apiNs = '', policy = '' } = c.vars;
    return all(
      () => answered(c),
      () => c.get('NetworkPolicy', policy, apiNs).exists(),
      () => refused(c, webNs, 'audit'),
      () => refused(c, apiNs, 'visitor'),
    );
  },
  'back-end-kept': (c) => {
    const { apiNs, api = '', port, replicas } = c.vars;
    const backEnd = c.get('Deployment', api, apiNs);
    return all(
      () => answered(c),
      () => backEnd.has('spec.replicas', Number(replicas)),
      () => backEnd.has('spec.template.metadata.labels', { app: api }),
      () => backEnd.has('spec.template.spec.containers[0].ports', [{ name: 'api', containerPort: Number(port) }]),
      () => backEnd.has('spec.template.spec.containers[0].args[0]', `-listen=:${port}`),
    );
  },
});

function answered(c: ClusterView): Promise<Outcome> {
  const { webNs = '', api, base } = c.vars;
  return eachFrontPod(c, async (pod, url) => {
    const { ok, body, status, error } = await c.request({ namespace: webNs, pod }, url);
    const look = `kubectl -n ${webNs} logs ${pod} --tail=1`;
    return ok && body.includes(`${api} of ${base}`)
      ? passed
      : failed('unreachable', `${url} from pod/${pod} -n ${webNs}`, { expected: 200, actual: error ?? status, look });
  });
}

/** Asks each Pod of the front end, with the address that its container was given. */
async function eachFrontPod(c: ClusterView, ask: (pod: string, url: string) => Promise<Outcome>): Promise<Outcome> {
  const { webNs = '', front = '' } = c.vars;
  const pods = c.list('Pod', { namespace: webNs, labels: `app=${front}` }).filter(({ metadata }) => !metadata.deletionTimestamp);
  if (pods.length === 0) return failed('missing', `pods of deployment/${front} -n ${webNs}`);
  const questions = pods.map(({ metadata: { name = '' } }) => async () => {
    const { stdout } = await c.exec(webNs, name, ['printenv', 'API_URL']);
    const url = stdout.trim();
    return URL.canParse(url) ? ask(name, url) : failed('different', `pod/${name} -n ${webNs}`, { aspect: 'API_URL', expected: 'a URL', actual: url });
  });
  return all(() => c.get('Deployment', front, webNs).has('status.availableReplicas', 2), ...questions);
}

function refused(c: ClusterView, namespace: string, pod: string): Promise<Outcome> {
  const url = `http://${c.vars.api}.${c.vars.apiNs}/`;
  return all(
    () => c.get('Pod', pod, namespace).has('status.phase', 'Running'),
    async () => ((await c.request({ namespace, pod }, url)).ok ? failed('reachable', `${url} from pod/${pod} -n ${namespace}`) : passed),
  );
}

const hostOf = (url: string) => new URL(url).hostname;
