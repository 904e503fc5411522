import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { type FlagValues, int } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { printFlags } from '../../print/print-flags.ts';
import { TabWriter } from '../../print/tab-writer.ts';
import type { Info } from '../../resource/selection.ts';
import { changeCauseAnnotation } from '../../writing/record.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { type Revision, requireHistory, revisionsOf } from './revisions.ts';
import { requireTargets, rolloutTargets, targetFlags } from './targets.ts';
import { templateText } from './template-text.ts';

const flags = { ...printFlags, ...targetFlags, revision: int('', 'Show this revision with its pod template.') };

export const rolloutHistory = defineVerb({
  name: 'history',
  flags,
  help: {
    usage: 'history (TYPE NAME | TYPE/NAME) [flags]',
    short: 'View rollout history',
    examples: [
      ['Of a deployment', 'kubectl rollout history deployment/abc'],
      ['A revision of a daemon set', 'kubectl rollout history daemonset/abc --revision=3'],
    ],
  },
  complete: completeResources,
  validate(kubectl, options) {
    requireTargets(kubectl, options);
    if (options.revision < 0) throw new UsageError(`revision must be a positive integer: ${options.revision}`);
  },
  async run(kubectl, options) {
    const { infos, errors } = await rolloutTargets(kubectl, options);
    const failures = [...errors];
    for (const info of infos) {
      try {
        requireHistory(info, 'history viewer');
        await show(kubectl, info, options);
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'Killed') throw error;
        failures.push(error);
      }
    }
    throwAll(failures);
    return undefined;
  },
});

async function show(kubectl: Invocation, info: Info, options: FlagValues<typeof flags>): Promise<void> {
  const revisions = await revisionsOf(kubectl, info);
  const chosen = revisions.find(({ number }) => number === options.revision);
  if (options.revision > 0 && !chosen && (revisions.length > 0 || options.output)) throw new UsageError('unable to find the specified revision');
  if (options.output || options.template) {
    const print = typedPrinter(kubectl, options, '', 'none');
    for (const { object } of chosen ? [chosen] : revisions) await kubectl.print(print(object));
    return;
  }
  const title = chosen ? `with revision #${options.revision}` : '';
  const body = chosen ? detail(info, chosen) : table(revisions);
  await kubectl.print(typedPrinter(kubectl, options, `${title}\n${body}`, 'none')(info.object));
}

/** A deployment's template shows the change cause among its annotations. */
function detail({ object }: Info, { template, cause }: Revision): string {
  if (object.kind !== 'Deployment' || !cause) return templateText(template);
  const annotations = { ...template.metadata?.annotations, [changeCauseAnnotation]: cause };
  return templateText({ ...template, metadata: { ...template.metadata, annotations } });
}

function table(revisions: readonly Revision[]): string {
  if (revisions.length === 0) return 'No rollout history found.';
  const writer = new TabWriter({ minWidth: 0, padding: 2, remember: false });
  writer.write('REVISION\tCHANGE-CAUSE\n');
  for (const { number, cause } of revisions) writer.write(`${number}\t${cause || '<none>'}\n`);
  return writer.flush();
}
