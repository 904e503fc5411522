import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, duration, type FlagValues, int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { nameOf } from '../../print/object-printer.ts';
import { fileFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, select } from '../../resource/selection.ts';
import { dryRunFlag, dryRunOf } from '../../writing/write-flags.ts';
import { deleteAll, propagationOf } from './deletion.ts';

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
  },
  async run(kubectl, options) {
    if (options.raw) {
      const [file] = options.filename;
      const sent = file === undefined ? {} : { body: file === '-' ? await kubectl.readStdin() : kubectl.readText(file) };
      const { body } = await kubectl.api.send({ method: 'DELETE', path: options.raw, ...sent, headers: { 'content-type': 'application/json' } });
      await kubectl.print(typeof body === 'string' ? body : `${JSON.stringify(body)}\n`);
      return;
    }
    const propagation = await propagationOf(kubectl, options.cascade);
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
    await deleteAll(kubectl, {
      infos,
      errors,
      propagation,
      grace,
      timeout: options.timeout,
      wait: options.wait,
      ignoreNotFound: ignoresNotFound(kubectl, options),
      dryRun,
      output: options.output,
      warnClusterScope: kubectl.namespaceGiven && !options['all-namespaces'],
    });
  },
});

/** Zero seconds without --force become one. */
function graceOf(options: Options): number {
  if (options.now) return 1;
  if (options['grace-period'] === 0 && !options.force) return 1;
  return options.force && options['grace-period'] < 0 ? 0 : options['grace-period'];
}

/** Whoever selects broadly cares only for what is there. */
function ignoresNotFound(kubectl: Invocation, options: Options): boolean {
  const broad = options.all || Boolean(options.selector || options['field-selector']);
  return options['ignore-not-found'] || (broad && !kubectl.changed('ignore-not-found'));
}

function found(kubectl: Invocation, options: Options) {
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
    ignoreNotFound: ignoresNotFound(kubectl, options),
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
