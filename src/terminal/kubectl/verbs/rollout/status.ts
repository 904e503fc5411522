import { resourcePath } from '../../client/mapper.ts';
import { watchUntil } from '../../client/watch-until.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { bool, duration, type FlagValues, int } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import type { Info } from '../../resource/selection.ts';
import { progressOf } from './progress.ts';
import { requireTargets, rolloutTargets, targetFlags } from './targets.ts';

const flags = {
  ...targetFlags,
  revision: int('', 'Show the status of this revision only; 0 is the last one.'),
  timeout: duration('', 'How long to watch; zero has no end.'),
  watch: bool('w', 'Watch until the rollout is done.', { default: true }),
};

export const rolloutStatus = defineVerb({
  name: 'status',
  flags,
  help: {
    usage: 'status (TYPE NAME | TYPE/NAME) [flags]',
    short: 'Show the status of the rollout',
    long: 'Shows the status of the latest rollout and waits until it is done; --watch=false shows it once.',
    examples: [['Watch a deployment', 'kubectl rollout status deployment/nginx']],
  },
  complete: completeResources,
  validate(kubectl, options) {
    requireTargets(kubectl, options);
    if (options.revision < 0) throw new UsageError(`revision must be a positive integer: ${options.revision}`);
  },
  async run(kubectl, options) {
    const { infos, errors } = await rolloutTargets(kubectl, options);
    throwAll(errors);
    for (const info of infos) await follow(kubectl, info, options);
    if (infos.length === 0) await kubectl.error(`No resources found in ${kubectl.namespace} namespace.\n`);
    return undefined;
  },
});

async function follow(kubectl: Invocation, { mapping, namespace, name, object }: Info, options: FlagValues<typeof flags>): Promise<void> {
  const known = ['Deployment', 'DaemonSet', 'StatefulSet'].includes(object.kind) && mapping.group === 'apps';
  const type = mapping.group ? `${mapping.kind}.${mapping.group}` : mapping.kind;
  if (!known) throw new UsageError(`no status viewer has been implemented for ${type}`);
  const seen = await watchUntil(kubectl, resourcePath(mapping, namespace), name, {
    timeout: options.timeout,
    async done(current, event) {
      if (event === 'DELETED') throw new UsageError('object has been deleted');
      const progress = progressOf(current, options.revision);
      await kubectl.print(progress?.text ?? '');
      return progress?.done || !options.watch;
    },
  });
  if (!seen) throw new UsageError('timed out waiting for the condition');
}
