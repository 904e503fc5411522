import type { Taint } from '../../../../api/schema/generated/types.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { messageOf, throwAll, UsageError } from '../../errors.ts';
import { bool, type FlagValues } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { printFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, select } from '../../resource/selection.ts';
import { differenceOf, sendPatch } from '../../writing/typed-change.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { type DryRun, dryRunFlag, dryRunOf, fieldManagerFlag, validateFlag } from '../../writing/write-flags.ts';
import { changedTaints, clashingKeys, contradictions, parseTaints, type TaintChange } from './taints.ts';

const flags = {
  ...printFlags,
  ...selectorFlag,
  ...dryRunFlag,
  ...validateFlag,
  ...fieldManagerFlag('kubectl-taint'),
  all: bool('', 'All nodes of the cluster.'),
  overwrite: bool('', 'Existing taints may be overwritten.'),
};

type Options = FlagValues<typeof flags>;

export const taint = defineVerb({
  name: 'taint',
  group: 'Cluster Management Commands',
  flags,
  help: {
    usage: 'taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
    short: 'Update the taints on one or more nodes',
    long: 'A taint is a key, a value and an effect: NoSchedule, PreferNoSchedule or NoExecute. A dash at the end removes it.',
    examples: [
      ['A taint of a node', 'kubectl taint nodes foo dedicated=special-user:NoSchedule'],
      ['Remove it', 'kubectl taint nodes foo dedicated:NoSchedule-'],
      ['Remove all with a key', 'kubectl taint nodes foo dedicated-'],
      ['Without a value', 'kubectl taint nodes foo bar:NoSchedule'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const { resources, words } = splitTaints(kubectl.args);
    const change = changeOf(kubectl, words);
    await check(kubectl, resources, change, options);
    const failures: unknown[] = [];
    const { infos, errors } = await nodes(kubectl, resources, options);
    failures.push(...errors);
    for (const info of infos) {
      try {
        await taintNode(kubectl, info, change, { options, dryRun });
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'Killed') throw error;
        failures.push(error);
      }
    }
    throwAll(failures);
    return undefined;
  },
});

function splitTaints(args: readonly string[]): { resources: readonly string[]; words: readonly string[] } {
  const isTaint = (word: string) => word.includes('=') || word.includes(':') || word.endsWith('-');
  const first = args.findIndex(isTaint);
  const [resources, words] = first < 0 ? [args, []] : [args.slice(0, first), args.slice(first)];
  const stray = words.find((word) => !isTaint(word));
  if (stray !== undefined) throw new UsageError(`all resources must be specified before taint changes: ${stray}`);
  if (resources.length === 0) throw new UsageError('one or more resources must be specified as <resource> <name>');
  if (words.length === 0) throw new UsageError('at least one taint update is required');
  return { resources, words };
}

function changeOf(kubectl: Invocation, words: readonly string[]): TaintChange {
  try {
    return parseTaints(words);
  } catch (error) {
    throw kubectl.usage(messageOf(error));
  }
}

async function check(kubectl: Invocation, [type = '', ...names]: readonly string[], change: TaintChange, { all, selector }: Options): Promise<void> {
  const mapping = (await kubectl.mapper).require(type.toLowerCase());
  if (mapping.kind !== 'Node') throw new UsageError(`invalid resource type ${type.toLowerCase()}, only node types are supported`);
  const both = contradictions(change);
  if (both.length > 0) throw new UsageError(`can not both modify and remove the following taint(s) in the same command: ${both.join(', ')}`);
  if (all && selector) throw new UsageError("setting 'all' parameter with a non empty selector is prohibited");
  if (!all && !selector && names.length === 0) throw new UsageError("at least one resource name must be specified since 'all' parameter is not set");
}

function nodes(kubectl: Invocation, [, ...names]: readonly string[], { all, selector }: Options) {
  if (all || selector) return select(kubectl, { args: ['nodes'], all, selector });
  return select(kubectl, { args: ['nodes', ...names] });
}

async function taintNode(kubectl: Invocation, info: Info, change: TaintChange, { options, dryRun }: { options: Options; dryRun: DryRun }) {
  const spec = (info.object.spec ?? {}) as { taints?: readonly Taint[] };
  const existing = spec.taints ?? [];
  const clashing = options.overwrite ? '' : clashingKeys(existing, change.add);
  if (clashing) throw new UsageError(`node ${info.name} already has ${clashing} taint(s) with same effect(s) and --overwrite is false`);
  const { taints, operation } = changedTaints(existing, change, options.overwrite);
  const { after, patch } = differenceOf(info.object, { ...info.object, spec: { ...spec, taints } });
  const print = typedPrinter(kubectl, options, operation, dryRun);
  const result = dryRun === 'client' ? after : await sendPatch(kubectl, info, patch, { dryRun, manager: options['field-manager'], failure: '' });
  await kubectl.print(print(result));
}
