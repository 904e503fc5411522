import { all, type ClusterView, equal, failed, grader, type Outcome, passed, valueAt } from '../../src/trainer/grading/index.ts';

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { name?: string; key?: string } };
}

export default grader({
  secret: (c) => {
    const { ns, app, user = '', pass = '' } = c.vars;
    const secret = c.get('Secret', `${app}-db`, ns);
    return all(
      () => secret.has('data.username', encoded(user)),
      () => secret.has('data.password', encoded(pass)),
    );
  },
  'from-secret': (c) => all(...['DB_USER', 'DB_PASSWORD'].map((name) => () => comesFromSecret(c, name))),
  'app-runs': async (c) => {
    const { ns = '', app = '', user, pass } = c.vars;
    const pods = c.list('Pod', { namespace: ns, labels: `app=${app}` }).filter(({ metadata }) => !metadata.deletionTimestamp);
    return all(
      () => noLiteralPassword(c),
      () => deploymentOf(c).has('status.updatedReplicas', 2),
      () => deploymentOf(c).has('status.readyReplicas', 2),
      ...pods.map(
        ({ metadata: { name = '' } }) =>
          () =>
            holds(c, name, 'DB_USER', user),
      ),
      ...pods.map(
        ({ metadata: { name = '' } }) =>
          () =>
            holds(c, name, 'DB_PASSWORD', pass),
      ),
    );
  },
  'rest-kept': (c) =>
    all(
      () => noLiteralPassword(c),
      () => deploymentOf(c).where('LOG_LEVEL', c.vars.level, (d) => variableOf(d, 'LOG_LEVEL')?.value),
      () => deploymentOf(c).has('spec.replicas', 2),
      () => deploymentOf(c).has('spec.template.spec.containers[0].image', 'busybox:1.36'),
    ),
});

const encoded = (text: string) => Buffer.from(text).toString('base64');
const deploymentOf = (c: ClusterView) => c.get('Deployment', c.vars.app ?? '', c.vars.ns);

const variableOf = (deployment: unknown, name: string): Variable | undefined =>
  ((valueAt(deployment, 'spec.template.spec.containers[0].env') ?? []) as readonly Variable[]).find((variable) => variable.name === name);

const comesFromSecret = (c: ClusterView, name: string): Outcome =>
  deploymentOf(c).where(`Secret of ${name}`, `${c.vars.app}-db`, (d) => variableOf(d, name)?.valueFrom?.secretKeyRef?.name);

function noLiteralPassword(c: ClusterView): Outcome {
  const deployment = deploymentOf(c);
  const literal = JSON.stringify(deployment.object?.spec ?? {}).includes(c.vars.pass ?? '');
  return literal ? failed('unchanged', `deployment/${c.vars.app} -n ${c.vars.ns}`, { aspect: 'DB_PASSWORD' }) : deployment.exists();
}

async function holds(c: ClusterView, pod: string, name: string, value: string | undefined): Promise<Outcome> {
  const { ns = '' } = c.vars;
  const { stdout } = await c.exec(ns, pod, ['printenv', name]);
  const subject = `pod/${pod} -n ${ns}`;
  return stdout.trim() === value ? passed : equal(subject, name, value, stdout.trim(), `kubectl -n ${ns} exec ${pod} -- printenv ${name}`);
}
