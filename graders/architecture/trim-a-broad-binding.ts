import { all, type ClusterView, failed, grader, type Outcome, passed } from '../../src/trainer/grading/index.ts';

/** `verb resource[/subresource] [name]`, inside a namespace. */
type Right = string;

export default grader({
  'cluster-rights-gone': (c) => {
    const rights = ['list pods', 'get secrets', 'get configmaps', 'create deployments.apps', 'delete services', `get configmaps ${c.vars.state}`];
    return all(
      () => denied(c, rights, 'default'),
      () => denied(c, rights, 'kube-system'),
      () =>
        denied(c, [
          'list nodes',
          'list namespaces',
          'create clusterrolebindings.rbac.authorization.k8s.io',
          'escalate clusterroles.rbac.authorization.k8s.io',
        ]),
    );
  },
  'least-privilege': (c) => {
    const { ns, state } = c.vars;
    return denied(
      c,
      [
        'get configmaps',
        'list configmaps',
        `get configmaps ${ns}-settings`,
        `patch configmaps ${ns}-settings`,
        `delete configmaps ${state}`,
        'create pods',
        'patch pods',
        'delete pods',
        'create pods/exec',
        'get pods/log',
        'get secrets',
        'list secrets',
        'patch deployments.apps',
        'create rolebindings.rbac.authorization.k8s.io',
      ],
      ns,
    );
  },
  'workload-fine': (c) => {
    const { ns = '', app = '', sa, state } = c.vars;
    const deployment = c.get('Deployment', app, ns);
    return all(
      () => trimmed(c),
      () => ask(c, account(c), ['list pods', `get configmaps ${state}`, `patch configmaps ${state}`], true, ns),
      () => deployment.has('spec.template.spec.serviceAccountName', sa),
      () => deployment.has('spec.template.spec.containers[0].image', 'curlimages/curl:8.16.0'),
      () => deployment.where('requests it makes', 3, ({ spec }) => JSON.stringify(spec).match(/ask (?:GET|PATCH) /g)?.length),
      () => deployment.has('spec.replicas', 1),
      () => deployment.has('status.availableReplicas', 1),
    );
  },
  'admin-kept': (c) =>
    all(
      () => trimmed(c),
      () => ask(c, c.vars.admin ?? '', ['* *.*', 'delete nodes'], true),
    ),
});

const account = ({ vars: { ns, sa } }: ClusterView) => `system:serviceaccount:${ns}:${sa}`;
const denied = (c: ClusterView, rights: readonly Right[], namespace?: string) => ask(c, account(c), rights, false, namespace);
const trimmed = (c: ClusterView) => denied(c, ['get secrets', 'delete nodes']);

async function ask(c: ClusterView, user: string, rights: readonly Right[], expected: boolean, namespace?: string): Promise<Outcome> {
  for (const right of rights) {
    const [verb = '', resource = '', name] = right.split(' ');
    const [plural = '', subresource] = resource.split('/');
    const where = { ...(namespace ? { namespace } : {}), ...(name ? { name } : {}), ...(subresource ? { subresource } : {}) };
    if ((await c.canI(user, verb, plural, where)) === expected) continue;
    const what = `${verb} ${plural}${name ? `/${name}` : ''}${subresource ? ` --subresource=${subresource}` : ''}${namespace ? ` -n ${namespace}` : ' -A'}`;
    return failed(expected ? 'denied' : 'allowed', user, { aspect: what, look: `kubectl auth can-i ${what} --as=${user}` });
  }
  return passed;
}
