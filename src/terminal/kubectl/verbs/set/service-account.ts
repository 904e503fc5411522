import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { withPodSpec } from '../../writing/pod-template.ts';
import { recorded, recordFlag } from '../../writing/record.ts';
import { changeEach } from '../../writing/typed-change.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { dryRunOf } from '../../writing/write-flags.ts';
import { refuseLocalOnServer, setFlags, setTargets } from './set-flags.ts';

const flags = { ...setFlags, ...recordFlag };

export const setServiceAccount = defineVerb({
  name: 'serviceaccount',
  aliases: ['sa'],
  flags,
  help: {
    usage: 'serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
    short: 'Update the service account of a resource',
    examples: [['Of a deployment', 'kubectl set serviceaccount deployment nginx-deployment serviceaccount1']],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    refuseLocalOnServer(options.local, dryRun);
    const print = typedPrinter(kubectl, options, 'serviceaccount updated', dryRun);
    const account = kubectl.args.at(-1);
    if (account === undefined) throw new UsageError('serviceaccount is required');
    const infos = await setTargets(kubectl, options.local ? [] : kubectl.args.slice(0, -1), options);
    const failures = await changeEach(kubectl, infos, {
      dryRun,
      local: options.local,
      manager: options['field-manager'],
      failure: 'failed to patch ServiceAccountName ',
      evenUnchanged: true,
      mutate: (object) =>
        recorded(
          kubectl,
          withPodSpec(object, (spec) => ({ ...spec, serviceAccountName: account })),
          options,
          flags,
        ),
      print: (object) => kubectl.print(print(object)),
    });
    throwAll(failures);
    return undefined;
  },
});
