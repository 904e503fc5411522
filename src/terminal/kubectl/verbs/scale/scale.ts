import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import type { Scale } from '../../../../api/schema/generated/types.ts';
import { resourcePath } from '../../client/mapper.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { bool, duration, type FlagValues, int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { fileFlags, printFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, select } from '../../resource/selection.ts';
import { changeCauseAnnotation, recorded, recordFlag } from '../../writing/record.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { type DryRun, dryRunFlag, dryRunOf } from '../../writing/write-flags.ts';

const flags = {
  ...printFlags,
  ...fileFlags,
  ...selectorFlag,
  ...dryRunFlag,
  ...recordFlag,
  all: bool('', 'All objects of the types, in the namespace.'),
  'current-replicas': int('', 'Scale only if the size is this; -1 is no condition.', { default: -1 }),
  replicas: int('', 'The new number of replicas.', { required: true }),
  'resource-version': string('', 'Scale only if the resource version is this.'),
  timeout: duration('', "How long to wait until it is done; zero doesn't wait."),
};

type Options = FlagValues<typeof flags>;

export const scale = defineVerb({
  name: 'scale',
  group: 'Deploy Commands',
  flags,
  help: {
    usage: 'scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
    short: 'Set a new size for a deployment, replica set, or replication controller',
    examples: [
      ['A replica set to three', 'kubectl scale --replicas=3 rs/foo'],
      ['What a manifest names', 'kubectl scale --replicas=3 -f foo.yaml'],
      ['Only if it has two now', 'kubectl scale --current-replicas=2 --replicas=3 deployment/mysql'],
    ],
  },
  complete: completeResources,
  validate(_kubectl, options) {
    if (options.replicas < 0) throw new UsageError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    if (options['current-replicas'] < -1) throw new UsageError('The --current-replicas must specify an integer of -1 or greater');
  },
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const print = typedPrinter(kubectl, options, 'scaled', dryRun);
    const { filename, kustomize, recursive, selector, all } = options;
    const { infos, errors } = await select(kubectl, { args: kubectl.args, filename, kustomize, recursive, selector, all });
    if (options['resource-version'] && infos.length > 1) throw new UsageError('cannot use --resource-version with multiple resources');
    if (infos.length === 0) {
      throwAll(errors);
      throw new UsageError('no objects passed to scale');
    }
    for (const info of infos) await kubectl.print(print(await scaleOne(kubectl, info, options, dryRun)));
    throwAll(errors);
    return undefined;
  },
});

async function scaleOne(kubectl: Invocation, info: Info, options: Options, dryRun: DryRun): Promise<KubeObject> {
  const path = resourcePath(info.mapping, info.namespace, info.name);
  if (dryRun !== 'client') {
    await setSize(kubectl, `${path}/scale`, options, dryRun === 'server' ? { dryRun: 'All' } : {});
    if (options.timeout && dryRun === 'none') await waitForSize(kubectl, info, options);
    if (options.record) {
      const { annotations } = recorded(kubectl, info.object, options, flags).metadata;
      const cause = { [changeCauseAnnotation]: annotations?.[changeCauseAnnotation] };
      await kubectl.api.patch(path, 'application/merge-patch+json', { metadata: { annotations: cause } });
    }
  }
  if (!['apps', ''].includes(info.mapping.group)) return info.object;
  return { ...info.object, spec: { ...(info.object.spec as object), replicas: options.replicas } };
}

/** Conflicts are tried again for as long as kubectl does: five minutes, a second apart. */
async function setSize(kubectl: Invocation, path: string, options: Options, query: Record<string, string>): Promise<void> {
  for (const end = kubectl.now + 300_000; ; ) {
    try {
      await setSizeOnce(kubectl, path, options, query);
      return;
    } catch (error) {
      if (!isStatusError(error, 'Conflict')) throw error;
      if (kubectl.now >= end) throw new UsageError('timed out waiting for the condition');
      await kubectl.process.sleep(1000);
    }
  }
}

async function setSizeOnce(kubectl: Invocation, path: string, options: Options, query: Record<string, string>): Promise<void> {
  const { replicas, 'current-replicas': current, 'resource-version': version } = options;
  if (current === -1 && !version) {
    await kubectl.api.patch(path, 'application/merge-patch+json', { spec: { replicas } }, query);
    return;
  }
  const now = (await kubectl.api.get(path)) as Scale;
  const size = now.spec?.replicas ?? 0;
  if (current !== -1 && size !== current) throw new UsageError(`Expected replicas to be ${current}, was ${size}`);
  if (version && now.metadata?.resourceVersion !== version)
    throw new UsageError(`Expected resource version to be ${version}, was ${now.metadata?.resourceVersion}`);
  await kubectl.api.put(path, { ...now, spec: { ...now.spec, replicas } }, query);
}

async function waitForSize(kubectl: Invocation, info: Info, { replicas, timeout }: Options): Promise<void> {
  for (const end = kubectl.now + timeout; ; ) {
    const now = (await kubectl.api.get(resourcePath(info.mapping, info.namespace, info.name, 'scale'))) as Scale;
    const size = now.spec?.replicas ?? 0;
    if (size !== replicas || size === (now.status?.replicas ?? 0)) return;
    if (kubectl.now >= end) throw new UsageError(`timed out waiting for "${info.name}" to be synced`);
    await kubectl.process.sleep(1000);
  }
}
