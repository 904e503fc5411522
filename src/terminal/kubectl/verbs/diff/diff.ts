import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { defineVerb } from '../../define-verb.ts';
import { CodedError, describeError, SilentExit, UsageError } from '../../errors.ts';
import { array, bool, type FlagValues, int } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { fileFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, refetch, selectAll } from '../../resource/selection.ts';
import { fieldManagerFlag } from '../../writing/write-flags.ts';
import { prunable } from '../apply/prune.ts';
import { DiffFolders } from './folders.ts';
import { mergedObject } from './merged.ts';
import { runDiffProgram } from './program.ts';

const flags = {
  ...fileFlags,
  ...selectorFlag,
  ...fieldManagerFlag('kubectl-client-side-apply'),
  concurrency: int('', 'Objects to compare at a time.', { default: 1 }),
  'force-conflicts': bool('', 'Server-side apply takes fields over from other managers.'),
  prune: bool('', 'Show objects that pruning would delete too.'),
  'prune-allowlist': array('', 'Types to prune: group/version/kind.'),
  'server-side': bool('', 'Let the server merge.'),
  'show-managed-fields': bool('', 'Compare managedFields too.'),
  'show-secrets': bool('', 'Do not mask the data of secrets.'),
};

export type DiffOptions = FlagValues<typeof flags>;

export const diff = defineVerb({
  name: 'diff',
  group: 'Advanced Commands',
  flags,
  help: {
    usage: 'diff -f FILENAME',
    short: 'Diff the live version against a would-be applied version',
    long: 'Shows what apply would change: compares live objects with what they would become.\n\n KUBECTL_EXTERNAL_DIFF names another program than "diff -u -N", with its options.\n\n Exit status: 0 No differences were found. 1 Differences were found. >1 Kubectl or diff failed with an error.',
    examples: [
      ['A file', 'kubectl diff -f pod.json'],
      ['Standard input', 'cat service.yaml | kubectl diff -f -'],
    ],
  },
  async run(kubectl, options) {
    try {
      if (kubectl.args.length > 0) throw kubectl.usage(`Unexpected args: [${kubectl.args.join(' ')}]`);
      if (options.filename.length === 0 && !options.kustomize) throw new UsageError('must specify one of -f and -k');
      if (options['force-conflicts'] && !options['server-side']) throw new UsageError('--force-conflicts only works with --server-side');
      return await compareAll(kubectl, options);
    } catch (error) {
      throw failed(error);
    }
  },
});

/** 1 means that something differs, so every failure counts one more. */
function failed(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'Killed' || error.name === 'Exit' || error instanceof SilentExit) return error;
  const { text, code } = describeError(error);
  return new CodedError(text, code + 1);
}

async function compareAll(kubectl: Invocation, options: DiffOptions): Promise<number> {
  const folders = new DiffFolders(kubectl, options);
  try {
    const infos = await selectAll(kubectl, options);
    for (const info of infos) await compare(kubectl, info, folders, options);
    if (options.prune) {
      const pruned = await prunable(kubectl, infos, { allowlist: options['prune-allowlist'], selector: options.selector });
      for (const { mapping, object } of pruned) folders.writeLive(mapping, object);
    }
    return await runDiffProgram(kubectl, folders.live, folders.merged);
  } finally {
    folders.remove();
  }
}

const maxRetries = 4;

/** The last attempt takes whatever version there is. */
async function compare(kubectl: Invocation, info: Info, folders: DiffFolders, options: DiffOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const live = await liveObject(kubectl, info);
    try {
      const merged = await mergedObject(kubectl, info, { live, options, locked: attempt < maxRetries });
      folders.write(info, live, merged);
      if (live?.metadata.deletionTimestamp) {
        await kubectl.error(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
      }
      return;
    } catch (error) {
      if (!isStatusError(error, 'Conflict') || attempt === maxRetries) throw error;
    }
  }
}

async function liveObject(kubectl: Invocation, info: Info): Promise<KubeObject | undefined> {
  try {
    return await refetch(kubectl, info);
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}
