import { deepEqual } from '../../../../api/machinery/deep-equal.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { Subject } from '../../../../api/schema/generated/types.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { array, type FlagValues } from '../../flags/flag.ts';
import type { Info } from '../../resource/selection.ts';
import { changeEach } from '../../writing/typed-change.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { dryRunOf } from '../../writing/write-flags.ts';
import { refuseAllWithSelector, refuseLocalOnServer, setSelectorFlags, setTargets } from './set-flags.ts';

const flags = {
  ...setSelectorFlags,
  group: array('', 'Group to bind; repeat it for several.'),
  serviceaccount: array('', 'Service account to bind: namespace:name.'),
  user: array('', 'User to bind; repeat it for several.'),
};

const apiGroup = 'rbac.authorization.k8s.io';

export const setSubject = defineVerb({
  name: 'subject',
  flags,
  help: {
    usage:
      'subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
    short: 'Update the user, group, or service account in a role binding or cluster role binding',
    examples: [
      ['A service account', 'kubectl set subject clusterrolebinding admin --serviceaccount=namespace:serviceaccount1'],
      ['Users and a group', 'kubectl set subject rolebinding admin --user=user1 --user=user2 --group=group1'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const print = typedPrinter(kubectl, options, 'subjects updated', dryRun);
    const infos = await setTargets(kubectl, kubectl.args, options);
    refuseLocalOnServer(options.local, dryRun);
    refuseAllWithSelector(options);
    check(options, infos);
    const wanted = subjects(options, kubectl.namespace);
    const failures = await changeEach(kubectl, infos, {
      dryRun,
      local: options.local,
      manager: options['field-manager'],
      failure: 'failed to patch subjects to rolebinding: ',
      mutate: (object) => withSubjects(object, wanted),
      print: (object) => kubectl.print(print(object)),
    });
    throwAll(failures);
    return undefined;
  },
});

function check({ user, group, serviceaccount }: FlagValues<typeof flags>, infos: readonly Info[]): void {
  if (user.length + group.length + serviceaccount.length === 0)
    throw new UsageError('you must specify at least one value of user, group or serviceaccount');
  for (const account of serviceaccount) {
    const parts = account.split(':');
    if (parts.length !== 2 || !parts[1]) throw new UsageError('serviceaccount must be <namespace>:<name>');
    if (!parts[0] && infos.some(({ object }) => object.kind === 'ClusterRoleBinding'))
      throw new UsageError('serviceaccount must be <namespace>:<name>, namespace must be specified');
  }
}

function subjects({ user, group, serviceaccount }: FlagValues<typeof flags>, namespace: string): Subject[] {
  const sorted = (list: readonly string[]) => [...new Set(list)].sort();
  return [
    ...sorted(user).map((name) => ({ kind: 'User', apiGroup, name })),
    ...sorted(group).map((name) => ({ kind: 'Group', apiGroup, name })),
    ...sorted(serviceaccount).map((text) => {
      const [place, name = ''] = text.split(':');
      return { kind: 'ServiceAccount', namespace: place || namespace, name };
    }),
  ];
}

function withSubjects(object: KubeObject, wanted: readonly Subject[]): KubeObject | undefined {
  if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding')
    throw new Error('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
  const existing = (object.subjects ?? []) as readonly Subject[];
  const added = wanted.filter((one) => !existing.some((other) => deepEqual(one, other)));
  return added.length > 0 ? { ...object, subjects: [...existing, ...added] } : undefined;
}
