import { byCodePoint } from '../../../../api/machinery/json.ts';
import { createMergePatch } from '../../../../api/machinery/merge-patch.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { resourcePath } from '../../client/mapper.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb, type Verb, type VerbHelp } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { bool, type FlagValues, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { fileFlags, printFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, select } from '../../resource/selection.ts';
import type { Pairs } from '../../writing/label-spec.ts';
import { splitPairs } from '../../writing/pair-arguments.ts';
import { recorded, recordFlag } from '../../writing/record.ts';
import { type DryRun, dryRunFlag, dryRunOf, fieldManagerFlag, writeQuery } from '../../writing/write-flags.ts';

type Values = Readonly<Record<string, string>>;

interface MetadataVerb {
  readonly name: 'label' | 'annotate';
  readonly noun: 'label' | 'annotation';
  readonly field: 'labels' | 'annotations';
  readonly help: VerbHelp;
  parse(pairs: readonly string[]): Pairs;
  /** What happened, for the sentence that is printed. */
  operation(change: { readonly added: boolean; readonly removed: boolean }): string;
  /** Why values must not be overwritten. */
  refusal(taken: readonly string[]): unknown;
  /** Says so when a key to be removed is not there. */
  readonly tellsMissing: boolean;
}

const flagsOf = (name: string, noun: string) => ({
  ...printFlags,
  ...fileFlags,
  ...selectorFlag,
  ...dryRunFlag,
  ...fieldManagerFlag(`kubectl-${name}`),
  ...recordFlag,
  all: bool('', 'All objects of the types, in the namespace.'),
  'all-namespaces': bool('A', 'Look in all namespaces.'),
  'field-selector': string('', "Field selector: '=', '==', '!='."),
  list: bool('', `Show the ${noun}s of the object.`),
  local: bool('', 'Change what the files hold, without asking the server.'),
  overwrite: bool('', `Existing ${noun}s may be overwritten.`),
  'resource-version': string('', 'Change only if the resource version is this; for a single object.'),
});

type Options = FlagValues<ReturnType<typeof flagsOf>>;

interface Change {
  readonly definition: MetadataVerb;
  readonly options: Options;
  readonly pairs: Pairs;
  readonly dryRun: DryRun;
  readonly single: boolean;
}

/** `kubectl label` and `kubectl annotate`: the same work on different metadata. */
export function defineMetadataVerb(definition: MetadataVerb): Verb {
  const { name, noun, help } = definition;
  return defineVerb({
    name,
    group: 'Settings Commands',
    flags: flagsOf(name, noun),
    help,
    complete: completeResources,
    async run(kubectl, options) {
      const dryRun = await dryRunOf(kubectl, options['dry-run']);
      const { resources, pairs: words } = splitPairs(kubectl.args, noun);
      const pairs = definition.parse(words);
      check(definition, options, { resources, pairs, dryRun });
      const selection = await selected(kubectl, resources, options);
      if (!selection.singleItemImplied && options['resource-version'])
        throw new UsageError('--resource-version may only be used with a single resource');
      const failures = [...selection.errors];
      for (const info of selection.infos) {
        try {
          await changeOne(kubectl, info, { definition, options, pairs, dryRun, single: selection.singleItemImplied });
        } catch (error) {
          if (!(error instanceof Error) || error.name === 'Killed') throw error;
          failures.push(error);
        }
      }
      throwAll(failures);
      return undefined;
    },
  });
}

interface Request {
  readonly resources: readonly string[];
  readonly pairs: Pairs;
  readonly dryRun: DryRun;
}

function check({ noun }: MetadataVerb, options: Options, { resources, pairs, dryRun }: Request): void {
  const files = options.filename.length > 0 || Boolean(options.kustomize);
  if (options.list && options.output) throw new UsageError('--list and --output may not be specified together');
  if (options.all && options.selector) throw new UsageError('cannot set --all and --selector at the same time');
  if (options.all && options['field-selector']) throw new UsageError('cannot set --all and --field-selector at the same time');
  if (options.local) {
    if (dryRun === 'server') throw new UsageError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
    if (resources.length > 0) throw new UsageError('can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set');
    if (!files) throw new UsageError('one or more files must be specified as -f pod.yaml or --filename=pod.json');
  } else if (resources.length === 0 && !files) {
    throw new UsageError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (Object.keys(pairs.set).length + pairs.remove.length === 0 && !options.list) throw new UsageError(`at least one ${noun} update is required`);
}

function selected(kubectl: Invocation, resources: readonly string[], options: Options) {
  const { filename, kustomize, recursive, selector, all, local } = options;
  if (local) return select(kubectl, { filename, kustomize, recursive });
  const fieldSelector = options['field-selector'];
  const allNamespaces = options['all-namespaces'];
  return select(kubectl, { args: resources, filename, kustomize, recursive, selector, fieldSelector, all, allNamespaces, latest: true });
}

async function changeOne(kubectl: Invocation, info: Info, change: Change): Promise<void> {
  const { definition, options, dryRun } = change;
  const before = info.object.metadata[definition.field] ?? {};
  const quiet = dryRun === 'client' || options.local || options.list;
  if (!quiet && definition.tellsMissing) {
    for (const key of change.pairs.remove) if (!(key in before)) await kubectl.print(`${definition.noun} ${JSON.stringify(key)} not found.\n`);
  }
  const { values, added, removed } = changed(before, change);
  const metadata = { ...info.object.metadata, [definition.field]: values };
  const after = quiet ? { ...info.object, metadata } : await sent(kubectl, info, metadata, { ...change, touched: added || removed });
  if (options.list) await kubectl.print(listing(info, values, change));
  else await kubectl.print(printerOf(kubectl, change, definition.operation({ added, removed }))(after));
}

function changed(before: Values, { definition, options, pairs }: Change): { values: Values; added: boolean; removed: boolean } {
  const news = Object.entries(pairs.set).filter(([key, value]) => before[key] !== value);
  const taken = news.filter(([key]) => key in before).map(([key]) => `'${key}' already has a value (${before[key]})`);
  if (!options.overwrite && taken.length > 0) throw definition.refusal(taken);
  const gone = pairs.remove.filter((key) => key in before);
  const kept = Object.entries({ ...before, ...pairs.set }).filter(([key]) => !pairs.remove.includes(key));
  return { values: Object.fromEntries(kept), added: news.length > 0, removed: gone.length > 0 };
}

async function sent(
  kubectl: Invocation,
  info: Info,
  metadata: KubeObject['metadata'],
  { definition, options, dryRun, touched }: Change & { touched: boolean },
): Promise<KubeObject> {
  const { resourceVersion: _version, ...unversioned } = info.object.metadata;
  const version = options['resource-version'];
  const wanted = recorded(kubectl, { ...info.object, metadata }, options, flagsOf(definition.name, definition.noun));
  const base = version ? { ...info.object, metadata: unversioned } : info.object;
  const target = version ? { ...wanted, metadata: { ...wanted.metadata, resourceVersion: version } } : wanted;
  if (!touched && definition.name === 'label') return target;
  const patch = createMergePatch({ ...base }, { ...target });
  const query = writeQuery({ dryRun, manager: options['field-manager'] });
  return kubectl.api.patch(resourcePath(info.mapping, info.namespace, info.name), 'application/merge-patch+json', patch, query);
}

function listing({ mapping, name }: Info, values: Values, { definition, single }: Change): string {
  const indent = single ? '' : ' ';
  const title = single ? '' : `Listing ${definition.field} for ${mapping.kind}.${mapping.group}/${name}:\n`;
  const lines = Object.keys(values).sort(byCodePoint);
  return `${title}${lines.map((key) => `${indent}${key}=${values[key]}\n`).join('')}`;
}

const printerOf = (kubectl: Invocation, { options, dryRun }: Change, operation: string) =>
  objectPrinter({
    output: options.output,
    template: options.template,
    allowMissingKeys: options['allow-missing-template-keys'],
    showManagedFields: options['show-managed-fields'],
    operation,
    dryRun,
    readFile: (path) => kubectl.readText(path),
  });
