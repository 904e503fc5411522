import { all, type ClusterView, equal, grader } from '../../src/trainer/grading/index.ts';

export default grader({
  bound: isBound,
  'claim-size': (c) => {
    const { ns, claim = '', need } = c.vars;
    const subject = c.get('PersistentVolumeClaim', claim, ns);
    return all(
      () => isBound(c),
      () => subject.where(`spec.resources.requests.storage is ${need}Gi or more`, true, ({ spec }) => requested(spec) >= Number(need)),
    );
  },
  running: (c) => {
    const { ns, app = '', claim } = c.vars;
    const deployment = c.get('Deployment', app, ns);
    const container = 'spec.template.spec.containers[0]';
    return all(
      () => deployment.has('status.availableReplicas', 1),
      () => deployment.has('spec.replicas', 1),
      () => deployment.has('spec.template.spec.volumes[0].persistentVolumeClaim.claimName', claim),
      () => deployment.has(`${container}.image`, 'busybox:1.36'),
      () => deployment.has(`${container}.command[2]`, 'while true; do date >> /data/entries; sleep 30; done'),
      () => deployment.has(`${container}.volumeMounts[0].mountPath`, '/data'),
    );
  },
  'volumes-untouched': (c) => {
    const { ns, size, class: bulk } = c.vars;
    const volume = (letter: string, storage: string, storageClassName = bulk) => {
      const subject = c.get('PersistentVolume', `${ns}-volume-${letter}`);
      const asItWas = { capacity: { storage }, accessModes: ['ReadWriteOnce'], storageClassName, persistentVolumeReclaimPolicy: 'Retain' };
      return all(
        () => subject.has('spec', { ...asItWas, hostPath: { path: `/srv/${ns}-${letter}` } }),
        () => subject.where('made before the task', true, ({ metadata }) => isOfTheSetup(c, metadata.creationTimestamp)),
      );
    };
    return all(
      () => isBound(c),
      () => volume('a', '1Gi'),
      () => volume('b', `${size}Gi`),
      () => volume('c', '20Gi', 'reserved'),
      () =>
        equal(
          'persistentvolumes',
          'names',
          ['a', 'b', 'c'].map((letter) => `${ns}-volume-${letter}`),
          volumeNames(c),
          'kubectl get pv',
        ),
    );
  },
});

function isBound(c: ClusterView) {
  const { ns, claim = '', pv } = c.vars;
  const subject = c.get('PersistentVolumeClaim', claim, ns);
  return all(
    () => subject.has('spec.volumeName', pv),
    () => subject.has('status.phase', 'Bound'),
  );
}

const volumeNames = (c: ClusterView) =>
  c
    .list('PersistentVolume')
    .map(({ metadata }) => metadata.name)
    .sort();

/** The setup makes everything within moments of the namespace. */
function isOfTheSetup(c: ClusterView, created: unknown): boolean {
  const namespace = c.get('Namespace', c.vars.ns ?? '').object?.metadata.creationTimestamp;
  return Date.parse(String(created)) - Date.parse(String(namespace)) < 300_000;
}

/** In Gi. */
function requested(spec: unknown): number {
  const { storage = '0' } = (spec as { resources?: { requests?: { storage?: string } } }).resources?.requests ?? {};
  const [, amount, unit = ''] = /^([\d.]+)(\w*)$/.exec(String(storage)) ?? [];
  const bytes: Record<string, number> = { '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };
  return (Number(amount) * (bytes[unit] ?? 0)) / 2 ** 30;
}
