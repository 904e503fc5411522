import { parseSelector } from '../../../../api/machinery/label-parser.ts';
import { completeNodes } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { messageOf, throwAll, UsageError } from '../../errors.ts';
import { bool, duration, type FlagValues, int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import type { Info } from '../../resource/selection.ts';
import { type DryRun, dryRunOf } from '../../writing/write-flags.ts';
import { doomedPods, placeOf } from './doomed-pods.ts';
import { deletePods, evictPods } from './evict.ts';
import { cordonNodes, nodeFlags, selectedNodes, told } from './nodes.ts';

const flags = {
  ...nodeFlags,
  'chunk-size': int('', 'Ask for long lists in pieces of this size.', { default: 500 }),
  'delete-emptydir-data': bool('', 'Go on although pods use emptyDir volumes, whose data will be lost.'),
  'disable-eviction': bool('', 'Delete pods without asking disruption budgets.'),
  force: bool('', 'Go on although pods have no controller.'),
  'grace-period': int('', 'Seconds that pods get to end; negative: what the pod says.', { default: -1 }),
  'ignore-daemonsets': bool('', 'Leave pods of daemon sets alone.'),
  'pod-selector': string('', 'Only pods with these labels.'),
  'skip-wait-for-delete-timeout': int('', "Don't wait for pods that have been ending for longer than these seconds."),
  timeout: duration('', 'How long to wait; zero has no end.'),
};

type Options = FlagValues<typeof flags>;

export const drain = defineVerb({
  name: 'drain',
  group: 'Cluster Management Commands',
  flags,
  help: {
    usage: 'drain NODE',
    short: 'Drain node in preparation for maintenance',
    long: 'Marks a node as unschedulable and evicts its pods, all but those of daemon sets and mirror pods.',
    examples: [
      ['A node, with pods that no controller manages', 'kubectl drain foo --force'],
      ['With fifteen minutes for each pod', 'kubectl drain foo --grace-period=900'],
    ],
  },
  complete: completeNodes,
  async run(kubectl, options) {
    checkPodSelector(options['pod-selector']);
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const infos = await selectedNodes(kubectl, options, 'drain NODE');
    await cordonNodes(kubectl, infos, true, dryRun);
    const failures: Error[] = [];
    const remaining: string[] = [];
    for (const info of infos) {
      try {
        await drainNode(kubectl, info, options, dryRun);
        await told(kubectl, info, 'drained', dryRun);
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'Killed') throw error;
        await kubectl.error(`error: unable to drain node ${JSON.stringify(info.name)} due to error: ${messageOf(error)}, continuing command...\n`);
        failures.push(error);
        remaining.push(info.name);
      }
    }
    if (remaining.length > 0) await kubectl.error(`There are pending nodes to be drained:\n${remaining.map((name) => ` ${name}\n`).join('')}`);
    throwAll(failures);
    return undefined;
  },
});

function checkPodSelector(text: string): void {
  try {
    if (text) parseSelector(text);
  } catch {
    throw new UsageError('--pod-selector=<pod_selector> must be a valid label selector');
  }
}

async function drainNode(kubectl: Invocation, { name }: Info, options: Options, dryRun: DryRun): Promise<void> {
  const { pods, warnings, failure } = await doomedPods(kubectl, name, options);
  if (failure) throw failure;
  if (warnings) await kubectl.error(`Warning: ${warnings}\n`);
  if (dryRun === 'client') {
    for (const pod of pods) await kubectl.print(`evicting pod ${placeOf(pod)} (dry run)\n`);
    return;
  }
  const departure = {
    dryRun,
    gracePeriod: options['grace-period'],
    timeout: options.timeout,
    skipAfter: options['skip-wait-for-delete-timeout'],
  };
  try {
    await (options['disable-eviction'] ? deletePods : evictPods)(kubectl, pods, departure);
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Killed') throw error;
    await tellPending(kubectl, name, options, error);
    throw error;
  }
}

async function tellPending(kubectl: Invocation, node: string, options: Options, error: Error): Promise<void> {
  const { pods, failure } = await doomedPods(kubectl, node, options);
  if (pods.length > 0) {
    const names = pods.map(({ metadata }) => `pod/${metadata?.name}\n`).join('');
    await kubectl.error(`There are pending pods in node ${JSON.stringify(node)} when an error occurred: ${messageOf(error)}\n${names}`);
  }
  if (failure) await kubectl.error(`Following errors occurred while getting the list of pods to delete:\n${messageOf(failure)}`);
}
