import { all, type ClusterView, failed, grader, passed, type Subject } from '../../src/trainer/grading/index.ts';

interface NodeTerm {
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
  matchFields?: { key: string; operator: string; values?: string[] }[];
}

export default grader({
  volume: (c) => {
    const { pv = '', size, path, class: storageClass } = c.vars;
    const volume = c.get('PersistentVolume', pv);
    return all(
      () => volume.has('spec.hostPath.path', path),
      () => volume.has('spec.capacity.storage', `${size}Gi`),
      () => volume.has('spec.accessModes', ['ReadWriteOnce']),
      () => volume.has('spec.storageClassName', storageClass),
      () => volume.has('spec.persistentVolumeReclaimPolicy', 'Retain'),
    );
  },
  'on-the-node': (c) => {
    const { pv = '', node } = c.vars;
    return c.get('PersistentVolume', pv).where('nodes of spec.nodeAffinity', [node], (volume) => nodesOf(c, volume));
  },
  bound: (c) => {
    const { ns, claim = '', pv } = c.vars;
    const subject = c.get('PersistentVolumeClaim', claim, ns);
    return all(
      () => subject.has('spec.resources.requests.storage', '1Gi'),
      () => subject.has('spec.volumeName', pv),
      () => subject.has('status.phase', 'Bound'),
    );
  },
  'data-served': async (c) => {
    const { ns = '', app = '', claim, token, node } = c.vars;
    const pod = c.get('Pod', app, ns);
    const mounted = await all(
      () => pod.has('spec.containers[0].image', 'nginx:1.27'),
      () => pod.where('claims among its volumes', true, ({ spec }) => JSON.stringify(spec).includes(`"claimName":"${claim}"`)),
      () => pod.has('spec.nodeName', node),
    );
    if (!mounted.ok) return mounted;
    const address = (pod.object?.status as { podIP?: string } | undefined)?.podIP;
    const answer = await c.request({ host: 'controlplane' }, `http://${address ?? 'none'}/`);
    const look = `kubectl -n ${ns} exec ${app} -- curl -s localhost`;
    return answer.body.includes(`${app} ${token}`)
      ? passed
      : failed('unreachable', `pod/${app} -n ${ns}`, { expected: `${app} ${token}`, actual: answer.error ?? answer.body.slice(0, 80), look });
  },
});

/** The nodes that a volume's affinity allows; without one, all. */
function nodesOf(c: ClusterView, { spec }: NonNullable<Subject['object']>): string[] {
  const terms = (spec as { nodeAffinity?: { required?: { nodeSelectorTerms?: NodeTerm[] } } }).nodeAffinity?.required?.nodeSelectorTerms;
  const matches = (value: string | undefined, operator: string, values: readonly string[] = []) =>
    operator === 'In'
      ? values.includes(value ?? '')
      : operator === 'NotIn'
        ? !values.includes(value ?? '')
        : operator === 'Exists' && value !== undefined;
  return c
    .list('Node')
    .filter(({ metadata: { name, labels } }) =>
      (terms ?? [{}]).some(
        ({ matchExpressions = [], matchFields = [] }) =>
          matchExpressions.every(({ key, operator, values }) => matches(labels?.[key], operator, values)) &&
          matchFields.every(({ operator, values }) => matches(name, operator, values)),
      ),
    )
    .map(({ metadata }) => metadata.name ?? '');
}
