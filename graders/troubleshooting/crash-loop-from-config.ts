import { all, type ClusterView, failed, grader, type Outcome, passed } from '../../src/trainer/grading/index.ts';

interface PodSpec {
  containers: { image?: string; command?: string[]; args?: string[]; env?: { name: string; value?: string }[] }[];
}

export default grader({
  stable,
  queue: (c) => everyLogTells(c, 'queue', `consuming queue ${c.vars.queue} with`),
  workers: (c) => everyLogTells(c, 'workers', `with ${c.vars.workers} workers`),
  'from-config-map': (c) => {
    const { ns = '', app = '', settings } = c.vars;
    const deployment = c.get('Deployment', app, ns);
    return all(
      () => stable(c),
      () => deployment.has('spec.template.spec.containers[0].image', 'busybox:1.36'),
      () => deployment.has('spec.template.spec.containers[0].command', ['sh', '-c']),
      () => deployment.where('program', 'as it was', ({ spec }) => (checksItsSettings(podSpec(spec)) ? 'as it was' : 'changed')),
      () => deployment.where('literal values', [], ({ spec }) => literals(podSpec(spec))),
      () => deployment.where(`uses configmap/${settings}`, true, ({ spec }) => JSON.stringify(spec).includes(`"name":"${settings}"`)),
    );
  },
});

function stable(c: ClusterView): Promise<Outcome> {
  const { ns = '', app = '', replicas } = c.vars;
  const deployment = c.get('Deployment', app, ns);
  return all(
    () => deployment.has('spec.replicas', Number(replicas)),
    () => deployment.has('status.availableReplicas', Number(replicas)),
    () => deployment.has('status.updatedReplicas', Number(replicas)),
    () => deployment.lacks('status.unavailableReplicas'),
  );
}

async function everyLogTells(c: ClusterView, aspect: string, words: string): Promise<Outcome> {
  const { ns = '', app } = c.vars;
  const pods = c.list('Pod', { namespace: ns, labels: `app=${app}` }).filter(({ metadata }) => !metadata.deletionTimestamp);
  if (pods.length === 0) return failed('missing', `pods of deployment/${app} -n ${ns}`);
  for (const { metadata } of pods) {
    const log = await c.logs(ns, metadata.name ?? '');
    if (log.includes(words)) continue;
    const look = `kubectl -n ${ns} logs ${metadata.name}`;
    return failed('different', `pod/${metadata.name} -n ${ns}`, { aspect, expected: words, actual: log.trim().split('\n').at(-1) ?? '', look });
  }
  return passed;
}

const podSpec = (spec: unknown) => (spec as { template: { spec: PodSpec } }).template.spec;

function checksItsSettings({ containers }: PodSpec): boolean {
  const program = containers[0]?.args?.[0] ?? '';
  return ['fatal: QUEUE_NAME is not set', 'fatal: WORKERS must be a number', 'exec sleep'].every((part) => program.includes(part));
}

const literals = ({ containers }: PodSpec) =>
  containers
    .flatMap(({ env }) => env ?? [])
    .filter(({ name, value }) => value !== undefined && ['QUEUE_NAME', 'WORKERS'].includes(name))
    .map(({ name }) => name);
