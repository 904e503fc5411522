import { ageOf } from '../../../../api/machinery/duration.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { Event } from '../../../../api/schema/generated/types.ts';
import { watchEvents } from '../../client/watch.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, string, strings } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { printFlags } from '../../print/print-flags.ts';
import { TabWriter } from '../../print/tab-writer.ts';
import { interval } from '../describe/parts/events.ts';

const flags = {
  ...printFlags,
  'all-namespaces': bool('A', 'Look in all namespaces.'),
  for: string('', 'Only events about this resource: TYPE/NAME.'),
  'no-headers': bool('', 'Leave out the headers.'),
  types: strings('', 'Only events of these types: Normal, Warning.'),
  watch: bool('w', 'After printing, go on watching.'),
};

export const events = defineVerb({
  name: 'events',
  group: 'Troubleshooting and Debugging Commands',
  flags,
  help: {
    usage: `events [(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]`,
    short: 'List events',
    long: 'Lists recent events, oldest first.',
    examples: [
      ['Events of the namespace', 'kubectl events'],
      ['About one pod', 'kubectl events --for pod/web-pod-13je7 --watch'],
    ],
  },
  validate(_kubectl, options) {
    if (options.types.some((type) => !['normal', 'warning'].includes(type.toLowerCase())))
      throw new UsageError('valid --types are Normal or Warning');
  },
  async run(kubectl, options) {
    const query: Readonly<Record<string, string>> = options.for ? { fieldSelector: await aboutSelector(kubectl, options.for) } : {};
    const path = options['all-namespaces'] ? '/api/v1/events' : `/api/v1/namespaces/${kubectl.namespace}/events`;
    const wanted = (event: Event) =>
      options.types.length === 0 || options.types.some((type) => type.toLowerCase() === (event.type ?? '').toLowerCase());
    const print = printer(kubectl, options);
    if (options.watch) {
      for await (const { type, object } of watchEvents(kubectl, path, query)) {
        if (type !== 'DELETED' && type !== 'BOOKMARK' && wanted(object as unknown as Event)) await kubectl.print(print([object]));
      }
      return;
    }
    const list = await kubectl.api.get(path, query);
    const found = (list.items as unknown as readonly Event[]).filter(wanted).sort((a, b) => timeOf(a) - timeOf(b));
    if (found.length > 0) await kubectl.print(print(found as unknown as readonly KubeObject[], list));
    else await kubectl.error(options['all-namespaces'] ? 'No events found.\n' : `No events found in ${kubectl.namespace} namespace.\n`);
  },
});

const timeOf = ({ series, lastTimestamp, eventTime }: Event): number => Date.parse(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? '') || 0;

async function aboutSelector(kubectl: Invocation, about: string): Promise<string> {
  const [type = '', name = '', ...more] = about.split('/');
  if (more.length > 0) throw new UsageError('arguments in resource/name form may not have more than one slash');
  if (!about.includes('/')) throw new UsageError('--for must be in resource/name form');
  const mapping = (await kubectl.mapper).require(type);
  const version = mapping.group ? `${mapping.group}/${mapping.version}` : mapping.version;
  return `involvedObject.kind=${mapping.kind},involvedObject.apiVersion=${version},involvedObject.name=${name}`;
}

type Printer = (events: readonly KubeObject[], list?: KubeObject) => string;

function printer(kubectl: Invocation, options: { output: string; template: string; 'no-headers': boolean; 'all-namespaces': boolean }): Printer {
  if (options.output || options.template) {
    const print = objectPrinter({ output: options.output, template: options.template, readFile: (path) => kubectl.readText(path) });
    // as kubectl: its name printer takes no typed list, and what it complains of is never shown
    if (options.output === 'name') return (list, all) => (all ? '' : list.map(print).join(''));
    return (list, all) =>
      all
        ? print({
            apiVersion: 'v1',
            kind: 'EventList',
            metadata: all.metadata,
            items: list.map((item) => ({ ...item, apiVersion: 'v1', kind: 'Event' })),
          })
        : list.map(print).join('');
  }
  const writer = new TabWriter();
  const everywhere = options['all-namespaces'];
  if (!options['no-headers']) writer.write(`${everywhere ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n`);
  return (list) => {
    for (const item of list) writer.write(row(item as unknown as Event, everywhere, kubectl.now));
    return writer.flush();
  };
}

function row(event: Event, everywhere: boolean, now: number): string {
  const { kind, name } = event.involvedObject ?? {};
  const seen = event.count || event.series ? interval(event, now) : ageOf(event.eventTime ?? event.firstTimestamp ?? undefined, now);
  return `${everywhere ? `${event.metadata?.namespace}\t` : ''}${seen}\t${event.type ?? ''}\t${event.reason ?? ''}\t${kind}/${name}\t${(event.message ?? '').trim()}\n`;
}
