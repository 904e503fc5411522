import { all, any, type ClusterView, failed, grader, type Outcome, passed } from '../../src/trainer/grading/index.ts';

interface Right {
  verb: string;
  resource: string;
  subresource?: string;
  namespace?: string;
}

const SCALE: Right[] = ['get', 'update', 'patch'].map((verb) => ({ verb, resource: 'deployments.apps', subresource: 'scale' }));
const LOGS: Right[] = [{ verb: 'get', resource: 'pods', subresource: 'log' }];
const READS: Right[] = ['deployments.apps', 'pods'].flatMap((resource) => ['get', 'list'].map((verb) => ({ verb, resource })));
const TOO_MUCH: Right[] = [
  ...['create', 'update', 'patch', 'delete'].flatMap((verb) => ['deployments.apps', 'pods'].map((resource) => ({ verb, resource }))),
  { verb: 'create', resource: 'pods', subresource: 'exec' },
  { verb: 'patch', resource: 'statefulsets.apps', subresource: 'scale' },
  { verb: 'get', resource: 'secrets' },
  { verb: 'get', resource: 'configmaps' },
];

export default grader({
  reads: (c) => allowed(c, READS),
  scales: (c) => allowed(c, SCALE),
  'reads-logs': (c) => allowed(c, LOGS),
  'nothing-more': (c) =>
    all(
      () => any(...[...READS, ...SCALE, ...LOGS].map((right) => () => allowed(c, [right]))),
      () => denied(c, TOO_MUCH),
      () =>
        denied(
          c,
          [c.vars.other, 'default'].flatMap((namespace) => [...READS, ...SCALE, ...LOGS].map((right) => ({ ...right, namespace }))),
        ),
    ),
  'by-name': (c) => {
    const { ns, role = '' } = c.vars;
    return all(
      () => c.get('Role', role, ns).exists(),
      () => c.get('RoleBinding', role, ns).has('roleRef', { kind: 'Role', name: role }),
    );
  },
});

const allowed = (c: ClusterView, rights: readonly Right[]) => ask(c, rights, true);
const denied = (c: ClusterView, rights: readonly Right[]) => ask(c, rights, false);

async function ask(c: ClusterView, rights: readonly Right[], expected: boolean): Promise<Outcome> {
  const { ns = '', sa } = c.vars;
  const user = `system:serviceaccount:${ns}:${sa}`;
  for (const { verb, resource, subresource, namespace = ns } of rights) {
    const actual = await c.canI(user, verb, resource, { namespace, ...(subresource ? { subresource } : {}) });
    if (actual === expected) continue;
    const what = `${verb} ${resource}${subresource ? ` --subresource=${subresource}` : ''} -n ${namespace}`;
    return failed(expected ? 'denied' : 'allowed', `serviceaccount/${sa} -n ${ns}`, {
      aspect: what,
      look: `kubectl auth can-i ${what} --as=${user}`,
    });
  }
  return passed;
}
