import { messageOf } from '../../errors.ts';
import type { FlagValues } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { nameOf } from '../../print/object-printer.ts';
import { selectorFlag } from '../../print/print-flags.ts';
import { type Info, selectAll } from '../../resource/selection.ts';
import { sendPatch } from '../../writing/typed-change.ts';
import { type DryRun, dryRunFlag } from '../../writing/write-flags.ts';

export const nodeFlags = { ...selectorFlag, ...dryRunFlag };

/** The nodes that were named or that a selector finds. */
export async function selectedNodes(kubectl: Invocation, { selector }: FlagValues<typeof selectorFlag>, usage: string): Promise<readonly Info[]> {
  if (kubectl.args.length === 0 && !kubectl.changed('selector')) throw kubectl.usage(`USAGE: ${usage} [flags]`);
  if (kubectl.args.length > 0 && selector) throw kubectl.usage('error: cannot specify both a node name and a --selector option');
  if (selector) return selectAll(kubectl, { args: ['nodes'], selector });
  return selectAll(kubectl, { args: ['nodes', ...kubectl.args.map((name) => name.replace(/^nodes?\//, ''))] });
}

const dryRunNote = { none: '', client: ' (dry run)', server: ' (server dry run)' } as const;

export const told = (kubectl: Invocation, { object }: Info, operation: string, dryRun: DryRun): Promise<void> =>
  kubectl.print(`${nameOf(object)} ${operation}${dryRunNote[dryRun]}\n`);

/** Marks nodes as unschedulable, or as schedulable again; failures are told and do not stop the others. */
export async function cordonNodes(kubectl: Invocation, infos: readonly Info[], desired: boolean, dryRun: DryRun): Promise<void> {
  const verb = desired ? 'cordon' : 'uncordon';
  for (const info of infos) {
    const { unschedulable = false } = (info.object.spec ?? {}) as { unschedulable?: boolean };
    try {
      if (unschedulable === desired) {
        await told(kubectl, info, `already ${verb}ed`, dryRun);
        continue;
      }
      const patch = { spec: { unschedulable: desired ? true : null } };
      if (dryRun !== 'client') await sendPatch(kubectl, info, patch, { dryRun, manager: '', failure: '' });
      await told(kubectl, info, `${verb}ed`, dryRun);
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      await kubectl.error(`error: unable to ${verb} node ${JSON.stringify(info.name)}: ${messageOf(error)}\n`);
    }
  }
}
