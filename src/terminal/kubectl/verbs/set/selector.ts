import type { KubeObject } from '../../../../api/machinery/object.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { string } from '../../flags/flag.ts';
import { recorded, recordFlag } from '../../writing/record.ts';
import { changeEach } from '../../writing/typed-change.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { dryRunOf } from '../../writing/write-flags.ts';
import { labelSelector } from '../create/pod-disruption-budget.ts';
import { setFlags, setTargets } from './set-flags.ts';

const flags = {
  ...setFlags,
  ...recordFlag,
  'resource-version': string('', 'Change only if the resource version is this; for a single object.'),
};

export const setSelector = defineVerb({
  name: 'selector',
  flags,
  help: {
    usage: 'selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
    short: 'Set the selector on a resource',
    examples: [['Of a service', "kubectl set selector service my-svc 'environment=qa'"]],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const expression = kubectl.args.at(-1);
    const { matchLabels = {}, matchExpressions = [] } = labelSelector(expression ?? '');
    const print = typedPrinter(kubectl, options, 'selector updated', dryRun);
    if (expression === undefined) throw new UsageError('one selector is required');
    const infos = await setTargets(kubectl, options.local ? [] : kubectl.args.slice(0, -1), options);
    const failures = await changeEach(kubectl, infos, {
      dryRun,
      local: options.local,
      manager: options['field-manager'],
      failure: '',
      evenUnchanged: true,
      mutate(object) {
        if (object.kind !== 'Service') throw new Error('setting a selector is only supported for Services');
        if (matchExpressions.length > 0) throw new Error(`match expression ${JSON.stringify(matchExpressions)} not supported on this object`);
        return recorded(kubectl, withSelector(object, matchLabels, options['resource-version']), options, flags);
      },
      complaint: (_info, reason) => reason,
      print: (object) => kubectl.print(print(object)),
    });
    throwAll(failures);
    return undefined;
  },
});

/** A new version in the object makes it part of the patch, where the server checks it. */
function withSelector(object: KubeObject, selector: Readonly<Record<string, string>>, version: string): KubeObject {
  const metadata = version ? { ...object.metadata, resourceVersion: version } : object.metadata;
  return { ...object, metadata, spec: { ...(object.spec as object), selector } };
}
