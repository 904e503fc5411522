import { toGoJson } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { resourcePath } from '../../client/mapper.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, type FlagValues } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { fileFlags, printFlags } from '../../print/print-flags.ts';
import { type Info, refetch, selectAll } from '../../resource/selection.ts';
import { lastAppliedAnnotation } from '../../writing/last-applied.ts';
import { patchTypes } from '../../writing/local-patch.ts';
import { withSource } from '../../writing/source-error.ts';
import { dryRunFlag, dryRunOf } from '../../writing/write-flags.ts';
import { describeInfo } from './describe-info.ts';

const flags = {
  ...printFlags,
  ...dryRunFlag,
  filename: fileFlags.filename,
  'create-annotation': bool('', 'Add the annotation where it is missing.'),
};

export const setLastApplied = defineVerb({
  name: 'set-last-applied',
  flags,
  help: {
    usage: 'set-last-applied -f FILENAME',
    short: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
    examples: [
      ['From a file', 'kubectl apply set-last-applied -f deploy.yaml'],
      ['From every file of a folder', 'kubectl apply set-last-applied -f path/'],
      ['Adding the annotation where it is missing', 'kubectl apply set-last-applied -f deploy.yaml --create-annotation=true'],
    ],
  },
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const print = objectPrinter({
      output: options.output,
      template: options.template,
      operation: 'configured',
      dryRun,
      readFile: (path) => kubectl.readText(path),
    });
    for (const { info, live, text } of await changes(kubectl, options)) {
      const path = resourcePath(info.mapping, info.namespace, info.name);
      const body = { metadata: { annotations: { [lastAppliedAnnotation]: text } } };
      const query = dryRun === 'server' ? { dryRun: 'All' } : undefined;
      await kubectl.print(print(dryRun === 'client' ? live : await kubectl.api.patch(path, patchTypes.merge, body, query)));
    }
    return undefined;
  },
});

interface Change {
  readonly info: Info;
  readonly live: KubeObject;
  readonly text: string;
}

/** The objects whose record differs from their manifest; all are looked at before any is written. */
async function changes(kubectl: Invocation, { filename, 'create-annotation': create }: FlagValues<typeof flags>): Promise<Change[]> {
  const found: Change[] = [];
  for (const info of await selectAll(kubectl, { filename })) {
    const text = toGoJson(info.object);
    const live = await liveObject(kubectl, info);
    const recorded = live.metadata.annotations?.[lastAppliedAnnotation];
    if (recorded === undefined && !create) {
      throw new UsageError(
        `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, run the command with --create-annotation`,
      );
    }
    if (recorded?.trim() === text.trim()) await kubectl.print(`set-last-applied ${info.name}: no changes required.\n`);
    else found.push({ info, live, text });
  }
  return found;
}

async function liveObject(kubectl: Invocation, info: Info): Promise<KubeObject> {
  try {
    return await refetch(kubectl, info);
  } catch (error) {
    if (isStatusError(error, 'NotFound')) throw error;
    throw withSource(`retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`, info.source, error);
  }
}
