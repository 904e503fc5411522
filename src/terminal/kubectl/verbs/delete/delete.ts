import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { resourcePath } from '../../client/mapper.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { bool, duration, type FlagValues, int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { nameOf } from '../../print/object-printer.ts';
import { fileFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, select } from '../../resource/selection.ts';
import { withSource } from '../../writing/source-error.ts';
import { type DryRun, dryRunFlag, dryRunOf } from '../../writing/write-flags.ts';
import { waitFor } from '../wait/wait-for.ts';

const flags = {
  ...fileFlags,
  ...selectorFlag,
  ...dryRunFlag,
  all: bool('', 'All objects of the types, in the namespace.'),
  'all-namespaces': bool('A', 'Look in all namespaces.'),
  cascade: string('', 'What happens to dependents: "background", "orphan" or "foreground".', {
    default: 'background',
    bare: 'background',
    values: ['background', 'orphan', 'foreground'],
  }),
  'field-selector': string('', "Field selector: '=', '==', '!='."),
  force: bool('', 'Remove the object at once, without waiting for a graceful end.'),
  'grace-period': int('', 'Seconds for a graceful end; negative: what the object says; 0 only with --force.', { default: -1 }),
  'ignore-not-found': bool('', 'An object that does not exist is no error.'),
  interactive: bool('i', 'Ask before deleting.'),
  now: bool('', 'Ask for an immediate end (like --grace-period=1).'),
  output: string('o', 'Output format: name.', { values: ['name'] }),
  raw: string('', 'Path on the server to DELETE as it is.'),
  timeout: duration('', 'How long to wait for the end; zero: as the object says.'),
  wait: bool('', 'Wait until the objects are gone.', { default: true }),
};

type Options = FlagValues<typeof flags>;

export const deleteVerb = defineVerb({
  name: 'delete',
  group: 'Basic Commands (Intermediate)',
  flags,
  help: {
    usage: 'delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
    short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
    examples: [
      ['By name', 'kubectl delete pod,service baz foo'],
      ['By file', 'kubectl delete -f ./pod.json'],
      ['By label', 'kubectl delete pods,services -l name=myLabel'],
      ['At once', 'kubectl delete pod foo --force'],
    ],
  },
  complete: completeResources,
  validate(kubectl, options) {
    if (options.now && kubectl.changed('grace-period')) throw new UsageError('--now and --grace-period cannot be specified together');
    if (options.output && options.output !== 'name') throw new UsageError(`unexpected -o output mode: ${options.output}. We only support '-o name'`);
    if (options.all && options.selector) throw new UsageError('cannot set --all and --selector at the same time');
    if (options.all && options['field-selector']) throw new UsageError('cannot set --all and --field-selector at the same time');
    if (!['background', 'orphan', 'foreground'].includes(options.cascade)) {
      throw new UsageError(`invalid cascade value (${options.cascade}). Must be "background", "foreground", or "orphan"`);
    }
  },
  async run(kubectl, options) {
    if (options.raw) {
      const { body } = await kubectl.api.send({ method: 'DELETE', path: options.raw });
      await kubectl.print(typeof body === 'string' ? body : `${JSON.stringify(body)}\n`);
      return;
    }
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const grace = graceOf(options);
    const { infos, errors } = await found(kubectl, options);
    if (options.force && grace > 0) throw new UsageError('--force and --grace-period greater than 0 cannot be specified together');
    if (options.force) {
      await kubectl.error(
        'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
      );
    }
    if (options.interactive && !(await confirmed(kubectl, infos))) return;
    await deleteAll(kubectl, options, { infos, errors, dryRun, grace });
  },
});

/** Zero seconds without --force become one. */
function graceOf(options: Options): number {
  if (options.now) return 1;
  if (options['grace-period'] === 0 && !options.force) return 1;
  return options.force && options['grace-period'] < 0 ? 0 : options['grace-period'];
}

function found(kubectl: Invocation, options: Options) {
  const broad = options.all || Boolean(options.selector || options['field-selector']);
  return select(kubectl, {
    args: kubectl.args,
    filename: options.filename,
    kustomize: options.kustomize,
    recursive: options.recursive,
    selector: options.selector,
    fieldSelector: options['field-selector'],
    all: options.all,
    allNamespaces: options['all-namespaces'],
    fetch: false,
    ignoreNotFound: options['ignore-not-found'] || broad,
  });
}

async function confirmed(kubectl: Invocation, infos: readonly Info[]): Promise<boolean> {
  if (infos.length === 0) {
    await kubectl.print('No resources found\n');
    return false;
  }
  const names = infos.map(({ object }) => `${nameOf(object)}\n`).join('');
  await kubectl.print(`You are about to delete the following ${infos.length} resource(s):\n${names}Do you want to continue? (y/N): `);
  const chunk = await kubectl.process.stdin.read();
  const yes = chunk !== null && Buffer.from(chunk).toString().trim().toLowerCase() === 'y';
  if (!yes) await kubectl.print('deletion is cancelled\n');
  return yes;
}

interface Deletion {
  readonly infos: readonly Info[];
  readonly errors: readonly unknown[];
  readonly dryRun: DryRun;
  readonly grace: number;
}

async function deleteAll(kubectl: Invocation, options: Options, { infos, errors, dryRun, grace }: Deletion): Promise<void> {
  const failures = [...errors];
  const gone: Info[] = [];
  let warnScope = kubectl.namespaceGiven && !options['all-namespaces'];
  let touched = 0;
  for (const info of infos) {
    touched++;
    if (warnScope && !info.mapping.namespaced) {
      await kubectl.error('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
      warnScope = false;
    }
    try {
      const answer = dryRun === 'client' ? info.object : await deleteOne(kubectl, info, options, { dryRun, grace });
      await kubectl.print(sentence(info, options, { dryRun, grace }));
      gone.push({ ...info, object: withUid(info.object, answer) });
    } catch (error) {
      const missing = isStatusError(error, 'NotFound');
      if (missing && (options['ignore-not-found'] || options.all || options.selector || options['field-selector'])) continue;
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      failures.push(error);
    }
  }
  throwAll(failures);
  if (touched === 0) await kubectl.print('No resources found\n');
  else if (options.wait && dryRun === 'none') await waitUntilGone(kubectl, gone, options);
}

async function deleteOne(
  kubectl: Invocation,
  info: Info,
  options: Options,
  { dryRun, grace }: Pick<Deletion, 'dryRun' | 'grace'>,
): Promise<KubeObject> {
  const body = {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    propagationPolicy: options.cascade.charAt(0).toUpperCase() + options.cascade.slice(1),
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    ...(dryRun === 'server' ? { dryRun: ['All'] } : {}),
  };
  try {
    return await kubectl.api.delete(resourcePath(info.mapping, info.namespace, info.name), body);
  } catch (error) {
    throw withSource('deleting', info.source, error);
  }
}

/** The server answers with the object or with a Status that names its uid. */
function withUid(object: KubeObject, answer: KubeObject): KubeObject {
  const uid = answer.kind === 'Status' ? (answer.details as { uid?: string } | undefined)?.uid : answer.metadata?.uid;
  return { ...object, metadata: { ...object.metadata, ...(uid ? { uid } : {}) } };
}

function sentence({ mapping, name, namespace }: Info, options: Options, { dryRun, grace }: Pick<Deletion, 'dryRun' | 'grace'>): string {
  const type = `${mapping.kind.toLowerCase()}${mapping.group ? `.${mapping.group}` : ''}`;
  if (options.output === 'name') return `${type}/${name}\n`;
  const verb = grace === 0 ? 'force deleted' : 'deleted';
  const note = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
  return `${type} ${JSON.stringify(name)} ${verb}${namespace ? ` from ${namespace} namespace` : ''}${note}\n`;
}

const week = 168 * 3_600_000;

async function waitUntilGone(kubectl: Invocation, infos: readonly Info[], options: Options): Promise<void> {
  const timeout = options.timeout || week;
  const deadline = kubectl.now + timeout;
  for (const info of infos) {
    try {
      await waitFor(kubectl, info, { kind: 'delete' }, { deadline, timeout });
    } catch (error) {
      if (!isStatusError(error, 'Forbidden') && !isStatusError(error, 'MethodNotAllowed')) throw error;
    }
  }
}
