import { deepEqual } from '../../../../api/machinery/deep-equal.ts';
import { toGoJson } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { parseYaml } from '../../../../api/machinery/yaml.ts';
import { readJson } from '../../../../api/schema/json-text.ts';
import { resourcePath } from '../../client/mapper.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { messageOf, throwAll, UsageError } from '../../errors.ts';
import { bool, type FlagValues, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { fileFlags, printFlags } from '../../print/print-flags.ts';
import { type Info, select } from '../../resource/selection.ts';
import { type PatchLanguage, patchLocally, patchTypes } from '../../writing/local-patch.ts';
import { type DryRun, dryRunFlag, dryRunOf, fieldManagerFlag, writeQuery } from '../../writing/write-flags.ts';

const flags = {
  ...printFlags,
  ...fileFlags,
  ...dryRunFlag,
  ...fieldManagerFlag('kubectl-patch'),
  local: bool('', "Patch the file's content instead of the server's object."),
  patch: string('p', 'The patch, as JSON or YAML.'),
  'patch-file': string('', 'File with the patch.'),
  subresource: string('', 'Patch this subresource of the object.'),
  type: string('', 'Language of the patch; one of [json merge strategic].', { default: 'strategic', values: ['json', 'merge', 'strategic'] }),
};

type Options = FlagValues<typeof flags>;

export const patch = defineVerb({
  name: 'patch',
  group: 'Advanced Commands',
  flags,
  help: {
    usage: 'patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
    short: 'Update fields of a resource',
    long: 'Changes single fields of a resource with a strategic merge patch, a JSON merge patch or a JSON patch.\n\n Custom resources know no strategic merge patch.',
    examples: [
      ['A strategic merge patch, as JSON', `kubectl patch node k8s-node-1 -p '{"spec":{"unschedulable":true}}'`],
      ['The same as YAML', `kubectl patch node k8s-node-1 -p $'spec:\\n unschedulable: true'`],
      [
        "A container's image; its name says which one",
        `kubectl patch pod valid-pod -p '{"spec":{"containers":[{"name":"kubernetes-serve-hostname","image":"new image"}]}}'`,
      ],
      ['A JSON patch', `kubectl patch pod valid-pod --type='json' -p='[{"op": "replace", "path": "/spec/containers/0/image", "value":"new image"}]'`],
      [
        'The number of replicas, through the scale subresource',
        `kubectl patch deployment nginx-deployment --subresource='scale' --type='merge' -p '{"spec":{"replicas":2}}'`,
      ],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    checkOptions(kubectl, options, dryRun);
    const body = patchBody(kubectl, options);
    const { infos, errors } = await select(kubectl, { ...options, args: kubectl.args });
    const failures = [...errors];
    for (const info of infos) {
      try {
        await patchOne(kubectl, info, { options, dryRun, body });
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'Killed') throw error;
        failures.push(error);
      }
    }
    throwAll(failures);
    if (infos.length === 0) throw new UsageError('no objects passed to patch');
    return undefined;
  },
});

function checkOptions(kubectl: Invocation, options: Options, dryRun: DryRun): void {
  if (options.patch && options['patch-file']) throw new UsageError('cannot specify --patch and --patch-file together');
  if (!options.patch && !options['patch-file']) throw new UsageError('must specify --patch or --patch-file containing the contents of the patch');
  if (options.local && kubectl.args.length > 0) throw new UsageError('cannot specify --local and server resources');
  if (options.local && dryRun === 'server') {
    throw new UsageError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  if (options.type && !(options.type.toLowerCase() in patchTypes)) {
    throw new UsageError(`--type must be one of [${Object.keys(patchTypes).join(' ')}], not ${JSON.stringify(options.type)}`);
  }
}

const languageOf = ({ type }: Options): PatchLanguage => (type ? (type.toLowerCase() as PatchLanguage) : 'strategic');

function patchBody(kubectl: Invocation, options: Options): unknown {
  const text = options['patch-file'] ? patchFile(kubectl, options['patch-file']) : options.patch;
  if (!options.local && isBrokenJson(text)) return text;
  try {
    return parseYaml(text);
  } catch (error) {
    throw new UsageError(`unable to parse ${JSON.stringify(options.patch)}: ${messageOf(error)}`);
  }
}

/** What begins as JSON goes to the server as it is, broken or not. */
function isBrokenJson(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false;
  try {
    readJson(text);
    return false;
  } catch {
    return true;
  }
}

function patchFile(kubectl: Invocation, path: string): string {
  try {
    return kubectl.readText(path);
  } catch (error) {
    throw new UsageError(`unable to read patch file: ${messageOf(error)}`);
  }
}

interface Patching {
  readonly options: Options;
  readonly dryRun: DryRun;
  readonly body: unknown;
}

async function patchOne(kubectl: Invocation, info: Info, { options, dryRun, body }: Patching): Promise<void> {
  const here = options.local || dryRun === 'client';
  const patched = here ? patchLocally(info.object, languageOf(options), body) : await patchOnServer(kubectl, info, { options, dryRun, body });
  const print = objectPrinter({
    output: options.output,
    template: options.template,
    operation: deepEqual(info.object, patched) ? 'patched (no change)' : 'patched',
    dryRun,
    allowMissingKeys: options['allow-missing-template-keys'],
    showManagedFields: options['show-managed-fields'],
    readFile: (path) => kubectl.readText(path),
  });
  await kubectl.print(print(patched));
}

/** What is no structure goes as text: the server shall say what it thinks of it. */
async function patchOnServer(kubectl: Invocation, { mapping, namespace, name }: Info, { options, dryRun, body }: Patching): Promise<KubeObject> {
  const path = resourcePath(mapping, namespace, name, options.subresource);
  const sent = (typeof body === 'object' && body !== null) || (typeof body === 'string' && isBrokenJson(body)) ? body : toGoJson(body);
  const type = patchTypes[languageOf(options)];
  try {
    return await kubectl.api.patch(path, type, sent, writeQuery({ dryRun, manager: options['field-manager'] }));
  } catch (error) {
    if (!isStatusError(error, 'UnsupportedMediaType')) throw error;
    const { group, version, kind } = mapping;
    throw new UsageError(`${type} is not supported by ${group}/${version}, Kind=${kind}: ${error.message}`);
  }
}
