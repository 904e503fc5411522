import { toGoJson } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { resourcePath } from '../../client/mapper.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { array, bool, duration, type FlagValues, int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { fileFlags, printFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, refetch, select } from '../../resource/selection.ts';
import { lastAppliedAnnotation, withLastApplied, withoutNulls } from '../../writing/last-applied.ts';
import { withSource } from '../../writing/source-error.ts';
import { type DryRun, dryRunFlag, dryRunOf, validateFlag, validates, writeQuery } from '../../writing/write-flags.ts';
import { propagationOf } from '../delete/deletion.ts';
import { describeInfo } from './describe-info.ts';
import { editLastApplied } from './edit-last-applied.ts';
import { isEmptyPatch, patchedLocally, threeWayPatch } from './patch.ts';
import { FailedPatch, type Patched, patchLive } from './patcher.ts';
import { prune } from './prune.ts';
import { applyOnServer } from './server-side.ts';
import { setLastApplied } from './set-last-applied.ts';
import { viewLastApplied } from './view-last-applied.ts';

const flags = {
  ...printFlags,
  ...fileFlags,
  ...selectorFlag,
  ...dryRunFlag,
  ...validateFlag,
  all: bool('', 'Prune among all objects.'),
  cascade: string('', 'What happens to dependents of deleted objects: "background", "orphan" or "foreground".', {
    default: 'background',
    bare: 'background',
  }),
  'field-manager': string('', 'Name that owns the written fields.', { default: 'kubectl-client-side-apply' }),
  force: bool('', 'Delete and recreate what cannot be patched.'),
  'force-conflicts': bool('', 'Server-side apply takes fields over from other managers.'),
  'grace-period': int('', 'Seconds for a graceful end of deleted objects.', { default: -1 }),
  'openapi-patch': bool('', "Compute patches by the server's OpenAPI.", { default: true }),
  overwrite: bool('', "Settle differences with the manifest's values.", { default: true }),
  prune: bool('', 'Delete objects that were applied before and are no longer in the manifests.'),
  'prune-allowlist': array('', 'Types to prune: group/version/kind.'),
  'server-side': bool('', 'Let the server merge.'),
  subresource: string('', 'Apply to this subresource; only with --server-side.'),
  timeout: duration('', 'How long to wait for deletions.'),
  wait: bool('', 'Wait for deletions.'),
};

export type ApplyOptions = FlagValues<typeof flags>;

export const apply = defineVerb({
  name: 'apply',
  group: 'Advanced Commands',
  flags,
  subverbs: [editLastApplied, setLastApplied, viewLastApplied],
  help: {
    usage: 'apply (-f FILENAME | -k DIRECTORY)',
    short: 'Apply a configuration to a resource by file name or stdin',
    long: 'Makes resources as their manifests say: creates what is missing and changes what differs.',
    examples: [
      ['A file', 'kubectl apply -f ./pod.json'],
      ['A kustomization', 'kubectl apply -k dir/'],
      ['Standard input', 'cat pod.json | kubectl apply -f -'],
    ],
  },
  validate(kubectl, options) {
    if (kubectl.args.length > 0) throw kubectl.usage(`Unexpected args: [${kubectl.args.join(' ')}]`);
    if (options.filename.length === 0 && !options.kustomize) throw new UsageError('must specify one of -f and -k');
    checkCombinations(options);
  },
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    if (dryRun === 'client' && options['server-side']) {
      throw new UsageError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
    }
    const { infos, errors } = await select(kubectl, { ...options, check: validates(options.validate) });
    if (infos.length === 0 && errors.length === 0) throw new UsageError('no objects passed to apply');
    const results = await applyAll(kubectl, infos, { options, dryRun });
    throwAll([...errors, ...results.failures]);
    await printTogether(kubectl, results.objects, { options, dryRun });
    if (options.prune) {
      const propagation = await propagationOf(kubectl, options.cascade);
      await prune(kubectl, infos, { allowlist: options['prune-allowlist'], selector: options.selector, dryRun, propagation });
    }
    return undefined;
  },
});

function checkCombinations(options: ApplyOptions): void {
  if (options['force-conflicts'] && !options['server-side']) throw new UsageError('--force-conflicts only works with --server-side');
  if (options['server-side'] && options.force) throw new UsageError('--force cannot be used with --server-side');
  if (options.all && options.selector) throw new UsageError('cannot set --all and --selector at the same time');
  if (options.subresource && !options['server-side']) throw new UsageError('--subresource can only be specified for --server-side');
  if (!options.prune) return;
  if (options.force) throw new UsageError('--force cannot be used with --prune');
  if (!options.all && !options.selector) {
    throw new UsageError(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
  }
}

export interface ApplyContext {
  readonly options: ApplyOptions;
  readonly dryRun: DryRun;
}

interface Applied {
  readonly object: KubeObject;
  readonly operation: string;
}

async function applyAll(kubectl: Invocation, infos: readonly Info[], context: ApplyContext): Promise<{ objects: KubeObject[]; failures: unknown[] }> {
  const objects: KubeObject[] = [];
  const failures: unknown[] = [];
  for (const info of infos) {
    try {
      const { object, operation } = await applyOne(kubectl, info, context);
      objects.push(object);
      if (!formatted(context.options)) await kubectl.print(printer(kubectl, context, operation)(object));
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      failures.push(error);
    }
  }
  return { objects, failures };
}

const formatted = ({ output, template }: ApplyOptions): boolean => (output !== '' && output !== 'name') || template !== '';

const printer = (kubectl: Invocation, { options, dryRun }: ApplyContext, operation: string) =>
  objectPrinter({
    output: options.output,
    template: options.template,
    operation,
    dryRun,
    showManagedFields: options['show-managed-fields'],
    readFile: (path) => kubectl.readText(path),
  });

/** With -o yaml and the like all objects are printed at the end, several as a List. */
async function printTogether(kubectl: Invocation, objects: readonly KubeObject[], context: ApplyContext): Promise<void> {
  const [first] = objects;
  if (!formatted(context.options) || !first) return;
  const shown = objects.length === 1 ? first : { apiVersion: 'v1', kind: 'List', metadata: {}, items: objects };
  await kubectl.print(printer(kubectl, context, '')(shown));
}

async function applyOne(kubectl: Invocation, info: Info, context: ApplyContext): Promise<Applied> {
  const { generateName } = info.object.metadata;
  if (!info.name && generateName) throw new UsageError(`from ${generateName}: cannot use generate name with apply`);
  if (context.options['server-side']) {
    const query = serverQuery(kubectl, context);
    return { object: await applyOnServer(kubectl, info, { query, subresource: context.options.subresource }), operation: 'serverside-applied' };
  }
  const current = await currentOf(kubectl, info);
  return current ? change(kubectl, info, current, context) : create(kubectl, info, context);
}

function serverQuery(kubectl: Invocation, { options, dryRun }: ApplyContext): Record<string, string> {
  const manager = kubectl.changed('field-manager') ? options['field-manager'] : 'kubectl';
  return { ...writeQuery({ dryRun, manager, validate: options.validate }), force: String(options['force-conflicts']) };
}

async function currentOf(kubectl: Invocation, info: Info): Promise<KubeObject | undefined> {
  try {
    return await refetch(kubectl, info);
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw withSource(`retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`, info.source, error);
  }
}

async function create(kubectl: Invocation, info: Info, { options, dryRun }: ApplyContext): Promise<Applied> {
  const object = withoutNulls(withLastApplied(info.object));
  if (dryRun === 'client') return { object, operation: 'created' };
  try {
    const query = writeQuery({ dryRun, manager: options['field-manager'], validate: options.validate });
    return { object: await kubectl.api.post(resourcePath(info.mapping, info.namespace), object, query), operation: 'created' };
  } catch (error) {
    throw withSource('creating', info.source, error);
  }
}

async function change(kubectl: Invocation, info: Info, current: KubeObject, { options, dryRun }: ApplyContext): Promise<Applied> {
  if (!current.metadata.annotations?.[lastAppliedAnnotation]) {
    await kubectl.error(
      `Warning: resource ${info.mapping.resource}/${info.name} is missing the ${lastAppliedAnnotation} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  }
  const { object, patch } = await changed(kubectl, info, current, { options, dryRun });
  if (object.metadata.deletionTimestamp) await warnDeleting(kubectl, info);
  return { object, operation: isEmptyPatch(patch) ? 'unchanged' : 'configured' };
}

async function changed(kubectl: Invocation, info: Info, current: KubeObject, { options, dryRun }: ApplyContext): Promise<Patched> {
  const modified = withLastApplied(info.object);
  if (dryRun === 'client') {
    const patch = threeWayPatch(modified, current);
    return { patch, object: isEmptyPatch(patch) ? current : patchedLocally(current, patch) };
  }
  const force = options.force
    ? { propagation: await propagationOf(kubectl, options.cascade), grace: options['grace-period'], timeout: options.timeout }
    : undefined;
  try {
    const query = writeQuery({ dryRun, manager: options['field-manager'], validate: options.validate });
    return await patchLive(kubectl, info, { current, modified }, { query, force });
  } catch (error) {
    if (!(error instanceof FailedPatch)) throw error;
    throw withSource(`applying patch:\n${toGoJson(error.patch.body)}\nto:\n${describeInfo(info)}\nfor:`, info.source, error.reason);
  }
}

const warnDeleting = (kubectl: Invocation, { name }: Info): Promise<void> =>
  kubectl.error(`Warning: Detected changes to resource ${name} which is currently being deleted.\n`);
