import type { KubeObject } from '../../../../api/machinery/object.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { string } from '../../flags/flag.ts';
import { containerFits, mapContainers, withPodSpec } from '../../writing/pod-template.ts';
import { recorded, recordFlag } from '../../writing/record.ts';
import { changeEach } from '../../writing/typed-change.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { dryRunOf } from '../../writing/write-flags.ts';
import { resourceList } from '../create/quota.ts';
import { refuseAllWithSelector, refuseLocalOnServer, setSelectorFlags, setTargets } from './set-flags.ts';

const flags = {
  ...setSelectorFlags,
  ...recordFlag,
  containers: string('c', 'Containers to change; * stands for anything.', { default: '*' }),
  limits: string('', 'Limits: cpu=100m,memory=256Mi.'),
  requests: string('', 'Requests: cpu=100m,memory=256Mi.'),
};

export const setResources = defineVerb({
  name: 'resources',
  flags,
  help: {
    usage: 'resources (-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
    short: 'Update resource requests/limits on objects with pod templates',
    examples: [
      ['Limits of one container', 'kubectl set resources deployment nginx -c=nginx --limits=cpu=200m,memory=512Mi'],
      ['All containers', 'kubectl set resources deployment nginx --limits=cpu=200m,memory=512Mi --requests=cpu=100m,memory=256Mi'],
      ['Take them away', 'kubectl set resources deployment nginx --limits=cpu=0,memory=0 --requests=cpu=0,memory=0'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const print = typedPrinter(kubectl, options, 'resource requirements updated', dryRun);
    const infos = await setTargets(kubectl, kubectl.args, options);
    refuseLocalOnServer(options.local, dryRun);
    refuseAllWithSelector(options);
    if (!options.limits && !options.requests)
      throw new UsageError('you must specify an update to requests or limits (in the form of --requests/--limits)');
    const limits = options.limits ? resourceList(options.limits) : {};
    const requests = options.requests ? resourceList(options.requests) : {};
    const missing: unknown[] = [];
    const failures = await changeEach(kubectl, infos, {
      dryRun,
      local: options.local,
      manager: options['field-manager'],
      failure: 'failed to patch resources update to pod template ',
      mutate(object) {
        const changed = withResources(object, options.containers, { limits, requests });
        if (changed) return recorded(kubectl, changed, options, flags);
        missing.push(new UsageError(`error: unable to find container named ${options.containers}`));
        return undefined;
      },
      print: (object) => kubectl.print(print(object)),
    });
    throwAll([...missing, ...failures]);
    return undefined;
  },
});

type Quantities = Readonly<Record<string, string>>;

function withResources(object: KubeObject, pattern: string, added: { limits: Quantities; requests: Quantities }): KubeObject | undefined {
  let found = false;
  const changed = withPodSpec(object, (spec) =>
    mapContainers(spec, (container) => {
      if (!containerFits(container.name, pattern)) return container;
      found = true;
      const { limits, requests, ...rest } = container.resources ?? {};
      return { ...container, resources: { ...rest, limits: { ...limits, ...added.limits }, requests: { ...requests, ...added.requests } } };
    }),
  );
  return found ? changed : undefined;
}
