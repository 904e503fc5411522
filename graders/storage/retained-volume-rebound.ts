import { all, type ClusterView, failed, grader, type Outcome, passed } from '../../src/trainer/grading/index.ts';

export default grader({
  rebound: isRebound,
  'workload-restored': (c) => {
    const { ns, app = '', claim } = c.vars;
    const deployment = c.get('Deployment', app, ns);
    const { spec } = (deployment.object ?? {}) as {
      spec?: { template?: { spec?: { volumes?: unknown[]; containers?: { volumeMounts?: unknown[] }[] } } };
    };
    return all(
      () => deployment.has('spec.replicas', 1),
      () => deployment.has('status.availableReplicas', 1),
      () => deployment.has('spec.template.spec.containers[0].image', 'nginx:1.27'),
      () => deployment.where('volumes', [{ persistentVolumeClaim: { claimName: claim } }], () => spec?.template?.spec?.volumes),
      () => deployment.where('mounts', [{ mountPath: '/usr/share/nginx/html' }], () => spec?.template?.spec?.containers?.[0]?.volumeMounts),
      () => servesTheOldPage(c),
    );
  },
  'volume-kept': (c) => {
    const { ns = '', pv = '' } = c.vars;
    const volume = c.get('PersistentVolume', pv);
    return all(
      () => isRebound(c),
      () => volume.has('spec.hostPath.path', `/srv/${ns}-1`),
      () => volume.has('spec.persistentVolumeReclaimPolicy', 'Retain'),
      () => volume.where('made before the task', true, ({ metadata }) => isOfTheSetup(c, metadata.creationTimestamp)),
    );
  },
});

function isRebound(c: ClusterView): Promise<Outcome> {
  const { ns, claim = '', pv = '', size, class: storageClass } = c.vars;
  const subject = c.get('PersistentVolumeClaim', claim, ns);
  return all(
    () => subject.has('spec.volumeName', pv),
    () => subject.has('spec.storageClassName', storageClass),
    () => subject.has('spec.resources.requests.storage', `${size}Gi`),
    () => subject.has('status.phase', 'Bound'),
    () => c.get('PersistentVolume', pv).has('spec.claimRef', { namespace: ns, name: claim, uid: subject.object?.metadata.uid }),
    () => c.get('PersistentVolume', pv).has('status.phase', 'Bound'),
  );
}

async function servesTheOldPage(c: ClusterView): Promise<Outcome> {
  const { ns = '', app, token } = c.vars;
  const answer = await c.request({ namespace: ns, labels: `app=${app}` }, 'http://localhost/');
  if (answer.body.includes(`${app}, page ${token}`)) return passed;
  const look = `kubectl -n ${ns} exec deployment/${app} -- curl -s localhost`;
  return failed('different', `deployment/${app} -n ${ns}`, {
    aspect: 'page',
    expected: `${app}, page ${token}`,
    actual: answer.error ?? answer.body.slice(0, 80),
    look,
  });
}

/** The setup makes everything within moments of the namespace. */
function isOfTheSetup(c: ClusterView, created: unknown): boolean {
  const namespace = c.get('Namespace', c.vars.ns ?? '').object?.metadata.creationTimestamp;
  return Date.parse(String(created)) - Date.parse(String(namespace)) < 300_000;
}
