import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, type FlagValues, int, string, strings } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { fileFlags, printFlags, selectorFlag } from '../../print/print-flags.ts';
import { getObjects } from './objects.ts';
import { getTable } from './tables.ts';
import { watchTable } from './watch.ts';

const formats = `json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide`;

export const getFlags = {
  ...printFlags,
  ...fileFlags,
  ...selectorFlag,
  output: string('o', `Output format: ${formats.replaceAll('|', ', ')}.`, { values: formats.split('|') }),
  'all-namespaces': bool('A', 'Look in all namespaces, whatever --namespace says.'),
  'chunk-size': int('', 'Fetch large lists in pieces of this many objects; 0 fetches them whole.', { default: 500 }),
  'field-selector': string('', "Field selector: '=', '==', '!='."),
  'ignore-not-found': bool('', 'An object that does not exist is no error.'),
  'label-columns': strings('L', 'Labels to show as columns.'),
  'no-headers': bool('', 'Leave out the headers of the table.'),
  'output-watch-events': bool('', 'With --watch or --watch-only: show the kind of each change.'),
  raw: string('', 'Path on the server to fetch as it is.'),
  'server-print': bool('', 'Let the server make the table.', { default: true }),
  'show-kind': bool('', "Print each object's type with its name."),
  'show-labels': bool('', 'Print all labels in a last column.'),
  'sort-by': string('', 'Field to sort by, as a JSONPath.'),
  subresource: string('', 'Subresource to fetch instead of the object.'),
  watch: bool('w', 'After printing, go on watching for changes.'),
  'watch-only': bool('', 'Watch for changes without printing what is there.'),
};

export type GetOptions = FlagValues<typeof getFlags>;

export const get = defineVerb({
  name: 'get',
  group: 'Basic Commands (Intermediate)',
  flags: getFlags,
  help: {
    usage: `get [(-o|--output=)${formats}] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]`,
    short: 'Display one or many resources',
    long: 'Prints the most important facts about resources as a table, or whole objects in a format of your choice.',
    examples: [
      ['All pods of the namespace', 'kubectl get pods'],
      ['With node, address and more', 'kubectl get pods -o wide'],
      ['One object as YAML', 'kubectl get deployment web -o yaml'],
      ['A single field', "kubectl get pod web -o jsonpath='{.status.phase}'"],
      ['Columns of your own', 'kubectl get pods -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName'],
      ['Several types at once', 'kubectl get rc,services'],
    ],
  },
  complete: completeResources,
  validate(kubectl, options) {
    checkRaw(options);
    if (options['show-labels'] && options.output && options.output !== 'wide') {
      throw new UsageError(`--show-labels option cannot be used with ${options.output} printer`);
    }
    if (options['output-watch-events'] && !options.watch && !options['watch-only']) {
      throw new UsageError('--output-watch-events option can only be used with --watch or --watch-only');
    }
    void kubectl;
  },
  async run(kubectl, options) {
    if (options.raw) return printRaw(kubectl, options.raw);
    await requireSomething(kubectl, options);
    if (options.watch || options['watch-only']) return watchTable(kubectl, options);
    if (isTableFormat(options)) return getTable(kubectl, options);
    return getObjects(kubectl, options);
  },
});

export const isTableFormat = ({ output, template }: GetOptions): boolean => (output === '' && !template) || output === 'wide';

function checkRaw(options: GetOptions): void {
  if (!options.raw) return;
  if (options.watch || options['watch-only'] || options.selector) {
    throw new UsageError('--raw may not be specified with other flags that filter the server request or alter the output');
  }
  if (options.output) throw new UsageError('--raw and --output are mutually exclusive');
  if (!options.raw.startsWith('/'))
    throw new UsageError(`--raw must be a valid URL path: parse ${JSON.stringify(options.raw)}: invalid URI for request`);
}

async function printRaw(kubectl: Invocation, raw: string): Promise<undefined> {
  const url = new URL(raw, 'http://server');
  const query: Record<string, string[]> = {};
  for (const key of new Set(url.searchParams.keys())) query[key] = url.searchParams.getAll(key);
  const { body, bytes } = await kubectl.api.send({ method: 'GET', path: url.pathname, query });
  if (bytes) for await (const chunk of bytes) await kubectl.process.stdout.write(chunk);
  else await kubectl.print(typeof body === 'string' ? body : `${JSON.stringify(body)}\n`);
}

async function requireSomething(kubectl: Invocation, { filename, kustomize }: GetOptions): Promise<void> {
  if (kubectl.args.length > 0 || filename.length > 0 || kustomize) return;
  await kubectl.error('You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n');
  throw kubectl.usage(
    'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
  );
}
