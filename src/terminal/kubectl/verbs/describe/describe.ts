import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { bool, type FlagValues, int } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { fileFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, select } from '../../resource/selection.ts';
import type { Look } from './describer.ts';
import { describeGeneric } from './generic.ts';
import { describerFor } from './index.ts';
import { describeEvents, eventsOf } from './parts/events.ts';
import { Writer } from './writer.ts';

const flags = {
  ...fileFlags,
  ...selectorFlag,
  'all-namespaces': bool('A', 'Look in all namespaces, whatever --namespace says.'),
  'chunk-size': int('', 'Fetch large lists in pieces of this many objects; 0 fetches them whole.', { default: 500 }),
  'show-events': bool('', 'Show the events about the object.', { default: true }),
};

export const describe = defineVerb({
  name: 'describe',
  group: 'Troubleshooting and Debugging Commands',
  flags,
  help: {
    usage: 'describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
    short: 'Show details of a specific resource or group of resources',
    long: 'Prints a detailed description of the selected resources, with related resources such as events.',
    examples: [
      ['A node', 'kubectl describe nodes node01'],
      ['A pod', 'kubectl describe pods/web'],
      ['All pods with a label', 'kubectl describe pods -l app=web'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    if (kubectl.args.length === 0 && options.filename.length === 0 && !options.kustomize) {
      throw new UsageError(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    }
    const { infos, errors } = await found(kubectl, options);
    const failures = [...errors];
    if (errors.length > 0 && infos.length === 0 && kubectl.args.length === 2 && isStatusError(errors[0], 'NotFound')) {
      return describePrefixed(kubectl, options, errors[0]);
    }
    const showEvents = options['show-events'] && (kubectl.changed('show-events') || (infos.length <= 1 && errors.length === 0));
    const texts: string[] = [];
    for (const info of infos) await describeInto(texts, failures, () => described(kubectl, info, showEvents));
    await kubectl.print(texts.join('\n\n'));
    if (infos.length === 0 && failures.length === 0) {
      await kubectl.error(options['all-namespaces'] ? 'No resources found\n' : `No resources found in ${kubectl.namespace} namespace.\n`);
    }
    throwAll(failures);
    return undefined;
  },
});

const found = (kubectl: Invocation, options: FlagValues<typeof flags>) =>
  select(kubectl, {
    args: kubectl.args,
    filename: options.filename,
    kustomize: options.kustomize,
    recursive: options.recursive,
    selector: options.selector,
    allNamespaces: options['all-namespaces'],
    allowEmptySelector: true,
    latest: true,
    chunkSize: options['chunk-size'],
  });

async function describeInto(texts: string[], failures: unknown[], make: () => Promise<string>): Promise<void> {
  try {
    texts.push(await make());
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Killed') throw error;
    failures.push(error);
  }
}

/** A name that nobody has may be the beginning of names. */
async function describePrefixed(kubectl: Invocation, options: FlagValues<typeof flags>, notFound: unknown): Promise<undefined> {
  const [type = '', prefix = ''] = kubectl.args;
  const { infos } = await select(kubectl, { args: [type], allowEmptySelector: true, chunkSize: options['chunk-size'] });
  const matching = infos.filter(({ name }) => name.startsWith(prefix));
  if (matching.length === 0) throw notFound;
  for (const info of matching) await kubectl.print(`${await described(kubectl, info, options['show-events'] && kubectl.changed('show-events'))}\n`);
}

export async function described(kubectl: Invocation, info: Info, showEvents: boolean): Promise<string> {
  const w = new Writer();
  const look: Look = { kubectl, mapping: info.mapping, now: kubectl.now, showEvents };
  const describer = describerFor(info.mapping.group, info.mapping.kind);
  const object: KubeObject = info.object;
  if (describer) await describer.describe(w, object as never, look);
  else describeGeneric(w, object);
  if (showEvents && describer?.events === undefined) describeEvents(w, await eventsOf(look, object), look.now);
  return w.toString();
}
