import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { resourcePath } from '../../client/mapper.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { bool, duration, type FlagValues, int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { type ObjectPrinter, objectPrinter } from '../../print/object-printer.ts';
import { fileFlags, printFlags } from '../../print/print-flags.ts';
import { type Info, type Selection, select } from '../../resource/selection.ts';
import { recorded } from '../../writing/last-applied.ts';
import { withSource } from '../../writing/source-error.ts';
import { type DryRun, dryRunFlag, dryRunOf, fieldManagerFlag, validateFlag, validates, writeQuery } from '../../writing/write-flags.ts';
import { awaitAbsence } from '../apply/patcher.ts';
import { deleteAll, propagationOf } from '../delete/deletion.ts';

const flags = {
  ...printFlags,
  ...fileFlags,
  ...dryRunFlag,
  ...fieldManagerFlag('kubectl-replace'),
  ...validateFlag,
  cascade: string('', 'With --force, what happens to dependents: "background", "orphan" or "foreground".', {
    default: 'background',
    bare: 'background',
  }),
  force: bool('', 'Delete the object and create it again.'),
  'grace-period': int('', 'With --force, seconds for a graceful end; negative: what the object says.', { default: -1 }),
  raw: string('', 'Path on the server to PUT the file to as it is.'),
  'save-config': bool('', 'Record the configuration in an annotation, for a later apply.'),
  subresource: string('', 'Replace this subresource of the object.'),
  timeout: duration('', 'With --force, how long to wait for the deletion.'),
  wait: bool('', 'With --force, wait until the objects are gone.'),
};

type Options = FlagValues<typeof flags>;

export const replace = defineVerb({
  name: 'replace',
  group: 'Advanced Commands',
  flags,
  help: {
    usage: 'replace -f FILENAME',
    short: 'Replace a resource by file name or stdin',
    long: 'Puts whole resources in place of what the server has. An existing resource must be given completely; get it with\n\n     $ kubectl get TYPE NAME -o yaml',
    examples: [
      ['From a file', 'kubectl replace -f ./pod.json'],
      ['From standard input', 'cat pod.json | kubectl replace -f -'],
      ["Change a pod's image", `kubectl get pod mypod -o yaml | sed 's/\\(image: myimage\\):.*$/\\1:v4/' | kubectl replace -f -`],
      ['Delete and create again', 'kubectl replace --force -f ./pod.json'],
    ],
  },
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    if (options.filename.length === 0 && !options.kustomize) throw new UsageError('must specify one of -f and -k');
    checkOptions(options, dryRun);
    if (options.raw) return replaceRaw(kubectl, options);
    const printer = objectPrinter({
      output: options.output,
      template: options.template,
      operation: 'replaced',
      dryRun,
      showManagedFields: options['show-managed-fields'],
      readFile: (path) => kubectl.readText(path),
    });
    const selection = await select(kubectl, { ...options, check: validates(options.validate) });
    if (options.force) await recreateAll(kubectl, selection, options, printer);
    else await replaceAll(kubectl, selection, { options, dryRun, printer });
    return undefined;
  },
});

function checkOptions(options: Options, dryRun: DryRun): void {
  if (options['grace-period'] >= 0 && !options.force) throw new UsageError('--grace-period must have --force specified');
  if (options.timeout !== 0 && !options.force) throw new UsageError('--timeout must have --force specified');
  if (options.force && dryRun !== 'none') throw new UsageError('--dry-run can not be used when --force is set');
  if (!options.raw) return;
  if (options.filename.length !== 1) throw new UsageError('--raw can only use a single local file or stdin');
  if (/^https?:\/\//.test(options.filename[0] ?? '')) throw new UsageError('--raw cannot read from a url');
  if (options.recursive) throw new UsageError('--raw and --recursive are mutually exclusive');
  if (options.output) throw new UsageError('--raw and --output are mutually exclusive');
}

async function replaceRaw(kubectl: Invocation, { raw, filename }: Options): Promise<undefined> {
  const [file = ''] = filename;
  const body = file === '-' ? await kubectl.readStdin() : kubectl.readText(file);
  const answer = await kubectl.api.send({ method: 'PUT', path: raw, body, headers: { 'content-type': 'application/json' } });
  await kubectl.print(typeof answer.body === 'string' ? answer.body : `${JSON.stringify(answer.body)}\n`);
}

interface Replacement {
  readonly options: Options;
  readonly dryRun: DryRun;
  readonly printer: ObjectPrinter;
}

async function replaceAll(kubectl: Invocation, { infos, errors }: Selection, { options, dryRun, printer }: Replacement): Promise<void> {
  const failures = [...errors];
  const query = writeQuery({ dryRun, manager: options['field-manager'], validate: options.validate });
  for (const info of infos) {
    try {
      const object = recorded(info.object, options['save-config']);
      await kubectl.print(printer(dryRun === 'client' ? object : await replaceOne(kubectl, { ...info, object }, options.subresource, query)));
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      failures.push(withSource('replacing', info.source, error));
    }
  }
  throwAll(failures);
}

/** Without a version of its own, the object takes the place of whatever version the server has. */
async function replaceOne(
  kubectl: Invocation,
  { mapping, namespace, name, object }: Info,
  subresource: string,
  query: Readonly<Record<string, string>>,
): Promise<KubeObject> {
  const path = resourcePath(mapping, namespace, name, subresource);
  if (object.metadata.resourceVersion) return kubectl.api.put(path, object, query);
  const live = await liveVersion(kubectl, path);
  return kubectl.api.put(path, live ? { ...object, metadata: { ...object.metadata, resourceVersion: live } } : object, query);
}

/** Undefined where the object cannot be had: the write itself will say why. */
async function liveVersion(kubectl: Invocation, path: string): Promise<string | undefined> {
  try {
    return (await kubectl.api.get(path)).metadata.resourceVersion;
  } catch (error) {
    if (isStatusError(error)) return undefined;
    throw error;
  }
}

async function recreateAll(kubectl: Invocation, selection: Selection, options: Options, printer: ObjectPrinter): Promise<void> {
  const immediate = options['grace-period'] === 0;
  await deleteAll(kubectl, {
    infos: selection.infos,
    errors: selection.errors,
    propagation: await propagationOf(kubectl, options.cascade),
    grace: immediate ? 1 : options['grace-period'],
    timeout: options.timeout,
    wait: options.wait || immediate,
    ignoreNotFound: true,
    dryRun: 'none',
    output: options.output,
    warnClusterScope: false,
  });
  for (const info of selection.infos) await awaitAbsence(kubectl, info, options.timeout || 300_000);
  const failures: unknown[] = [];
  const query = writeQuery({ dryRun: 'none', manager: options['field-manager'], validate: options.validate });
  for (const info of selection.infos) {
    try {
      await kubectl.print(
        printer(await kubectl.api.post(resourcePath(info.mapping, info.namespace), recorded(info.object, options['save-config']), query)),
      );
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      failures.push(error);
    }
  }
  throwAll(failures);
  if (selection.infos.length === 0) throw new UsageError('no objects passed to replace');
}
