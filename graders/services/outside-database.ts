import { all, type ClusterView, failed, grader, type Outcome, passed } from '../../src/trainer/grading/index.ts';

interface Endpoint {
  addresses?: string[];
}

export default grader({
  connects: async (c) => {
    const { ns = '', app, db = '' } = c.vars;
    const pods = c.list('Pod', { namespace: ns, labels: `app=${app}` }).filter(({ metadata }) => !metadata.deletionTimestamp);
    if (pods.length === 0) return failed('not-running', `deployment/${app} -n ${ns}`);
    return all(
      ...pods.map(
        ({ metadata }) =>
          () =>
            connects(c, ns, metadata.name ?? '', db),
      ),
    );
  },
  'service-as-asked': (c) => {
    const { ns, db = '' } = c.vars;
    const service = c.get('Service', db, ns);
    return all(
      () => service.has('spec.type', 'ClusterIP'),
      () => service.where('a cluster IP', true, ({ spec }) => !['None', ''].includes((spec as { clusterIP?: string }).clusterIP ?? '')),
      () => service.lacks('spec.selector'),
      () => service.where('ports', [5432], ({ spec }) => (spec as { ports?: { port: number }[] }).ports?.map(({ port }) => port)),
    );
  },
  'slice-of-service': (c) => {
    const { ns, db = '', host = '' } = c.vars;
    const slice = c.get('EndpointSlice', `${db}-1`, ns);
    const [address] = (c.file(host, `/opt/${db}/address`) ?? '').trim().split(':');
    return all(
      () => slice.has('metadata.labels["kubernetes.io/service-name"]', db),
      () => slice.where('addresses', [address], ({ endpoints }) => ((endpoints ?? []) as Endpoint[]).flatMap(({ addresses = [] }) => addresses)),
    );
  },
  'deployment-kept': (c) => {
    const { ns, app = '', db = '' } = c.vars;
    const deployment = c.get('Deployment', app, ns);
    return all(
      () => c.get('Service', db, ns).exists(),
      () =>
        deployment.has('spec.template.spec.containers[0].env', [
          { name: 'DB_HOST', value: db },
          { name: 'DB_PORT', value: 5432 },
        ]),
      () => deployment.has('spec.template.spec.containers[0].image', 'busybox:1.36'),
      () => deployment.has('status.readyReplicas', 2),
    );
  },
});

async function connects(c: ClusterView, namespace: string, pod: string, db: string): Promise<Outcome> {
  if (await c.canConnect({ namespace, pod }, db, 5432)) return passed;
  return failed('unreachable', `${db}:5432 from pod/${pod} -n ${namespace}`, {
    look: `kubectl -n ${namespace} exec ${pod} -- nc -zv -w 2 ${db} 5432`,
  });
}
