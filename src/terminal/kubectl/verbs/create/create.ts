import type { KubeObject } from '../../../../api/machinery/object.ts';
import { resourcePath } from '../../client/mapper.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { bool, type FlagValues, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { fileFlags, printFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, select } from '../../resource/selection.ts';
import { recorded } from '../../writing/last-applied.ts';
import { withSource } from '../../writing/source-error.ts';
import { type DryRun, dryRunFlag, dryRunOf, fieldManagerFlag, validateFlag, validates, writeQuery } from '../../writing/write-flags.ts';
import { editBeforeCreate } from '../edit/run-edit.ts';
import { createVerbs } from './index.ts';

const flags = {
  ...printFlags,
  ...fileFlags,
  ...selectorFlag,
  ...dryRunFlag,
  ...fieldManagerFlag('kubectl-create'),
  ...validateFlag,
  edit: bool('', 'Edit the objects before they are created.'),
  raw: string('', 'Path on the server to POST the file to as it is.'),
  'save-config': bool('', 'Record the configuration in an annotation, for a later apply.'),
  'windows-line-endings': bool('', 'Only with --edit: Windows line endings.'),
};

export const create = defineVerb({
  name: 'create',
  group: 'Basic Commands (Beginner)',
  flags,
  subverbs: createVerbs,
  help: {
    usage: 'create -f FILENAME',
    short: 'Create a resource from a file or from stdin',
    long: 'Creates resources from files or standard input, in JSON or YAML.',
    examples: [
      ['From a file', 'kubectl create -f ./pod.json'],
      ['From standard input', 'cat pod.json | kubectl create -f -'],
    ],
  },
  async run(kubectl, options) {
    if (options.filename.length === 0 && !options.kustomize) {
      if (kubectl.args.length > 0) throw kubectl.usage(`Unexpected args: [${kubectl.args.join(' ')}]`);
      throw new UsageError('must specify one of -f and -k');
    }
    if (kubectl.args.length > 0) throw kubectl.usage(`Unexpected args: [${kubectl.args.join(' ')}]`);
    if (options.raw) return createRaw(kubectl, options);
    if (options.edit) {
      await editBeforeCreate(kubectl, {
        ...options,
        manager: 'kubectl-create',
        windowsLineEndings: options['windows-line-endings'],
        saveConfig: options['save-config'],
      });
      return undefined;
    }
    await createAll(kubectl, options, await dryRunOf(kubectl, options['dry-run']));
    return undefined;
  },
});

async function createRaw(kubectl: Invocation, { raw, filename }: FlagValues<typeof flags>): Promise<undefined> {
  const [file = ''] = filename;
  const body = file === '-' ? await kubectl.readStdin() : kubectl.readText(file);
  const { body: answer } = await kubectl.api.send({ method: 'POST', path: raw, body, headers: { 'content-type': 'application/json' } });
  await kubectl.print(typeof answer === 'string' ? answer : `${JSON.stringify(answer)}\n`);
}

async function createAll(kubectl: Invocation, options: FlagValues<typeof flags>, dryRun: DryRun): Promise<void> {
  const { infos, errors } = await select(kubectl, { ...options, check: validates(options.validate) });
  const print = objectPrinter({
    output: options.output,
    template: options.template,
    operation: 'created',
    dryRun,
    readFile: (path) => kubectl.readText(path),
  });
  const query = writeQuery({ dryRun, manager: options['field-manager'], validate: options.validate });
  const failures = [...errors];
  for (const info of infos) {
    try {
      const object = recorded(info.object, options['save-config']);
      await kubectl.print(print(dryRun === 'client' ? object : await createObject(kubectl, info, object, query)));
    } catch (error) {
      if (error instanceof Error && error.name === 'Killed') throw error;
      failures.push(error);
    }
  }
  throwAll(failures);
  if (infos.length === 0) throw new UsageError('no objects passed to create');
}

async function createObject(kubectl: Invocation, info: Info, object: KubeObject, query: Readonly<Record<string, string>>): Promise<KubeObject> {
  try {
    return await kubectl.api.post(resourcePath(info.mapping, info.namespace), object, query);
  } catch (error) {
    throw withSource('creating', info.source, error);
  }
}
