import { byCodePoint } from '../../../../api/machinery/json.ts';
import type { Mapping } from '../../client/discovery.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, type FlagValues, string, strings } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { table } from '../../print/tab-writer.ts';

const flags = {
  'api-group': string('', 'Only resources of this API group.'),
  cached: bool('', 'Use the cached list, if there is one.'),
  categories: strings('', 'Only resources of all these categories.'),
  namespaced: bool('', 'Only namespaced resources, or with =false only the others.', { default: true }),
  'no-headers': bool('', 'Leave out the headers.'),
  output: string('o', 'Output format: wide, name, json or yaml.', { values: ['wide', 'name', 'json', 'yaml'] }),
  'sort-by': string('', 'Column to sort by: name or kind.', { values: ['name', 'kind'] }),
  verbs: strings('', 'Only resources that have all these verbs.'),
};

export const apiResources = defineVerb({
  name: 'api-resources',
  group: 'Other Commands',
  flags,
  help: {
    usage: 'api-resources',
    short: 'Print the supported API resources on the server',
    long: 'Prints what kinds of resources the server serves.',
    examples: [
      ['All resources', 'kubectl api-resources'],
      ['With verbs and categories', 'kubectl api-resources -o wide'],
      ['Those that live in no namespace', 'kubectl api-resources --namespaced=false'],
      ['Those of one group', 'kubectl api-resources --api-group=rbac.authorization.k8s.io'],
    ],
  },
  validate(kubectl, options) {
    if (kubectl.args.length > 0) throw kubectl.usage(`unexpected arguments: [${kubectl.args.join(' ')}]`);
    if (!['', 'wide', 'name', 'json', 'yaml'].includes(options.output)) throw new UsageError(`--output ${options.output} is not available`);
    if (!['', 'name', 'kind'].includes(options['sort-by'])) throw new UsageError('--sort-by accepts only name or kind');
  },
  async run(kubectl, options) {
    const chosen = preferred((await kubectl.mapper).all).filter((mapping) => wanted(kubectl, mapping, options));
    if (chosen.length === 0) return;
    await kubectl.print(shown(kubectl, sorted(chosen, options['sort-by']), options));
  },
});

/** Each resource once, in the preferred version of its group. */
function preferred(all: readonly Mapping[]): Mapping[] {
  const seen = new Set<string>();
  return all.filter(({ group, resource }) => !seen.has(`${resource}.${group}`) && seen.add(`${resource}.${group}`));
}

function wanted(kubectl: Invocation, mapping: Mapping, options: FlagValues<typeof flags>): boolean {
  return (
    mapping.verbs.length > 0 &&
    (!kubectl.changed('api-group') || mapping.group === options['api-group']) &&
    (!kubectl.changed('namespaced') || mapping.namespaced === options.namespaced) &&
    options.verbs.every((verb) => mapping.verbs.includes(verb)) &&
    options.categories.every((category) => mapping.categories.includes(category))
  );
}

function sorted(mappings: readonly Mapping[], by: string): Mapping[] {
  const key = (m: Mapping) => (by === 'name' ? m.resource : by === 'kind' ? m.kind : m.group);
  return [...mappings].sort((a, b) => byCodePoint(key(a), key(b)) || byCodePoint(a.resource, b.resource));
}

function shown(kubectl: Invocation, mappings: readonly Mapping[], options: FlagValues<typeof flags>): string {
  const { output } = options;
  if (output === 'name') return mappings.map(({ resource, group }) => `${resource}${group ? `.${group}` : ''}\n`).join('');
  if (output === 'json' || output === 'yaml') return objectPrinter({ output, readFile: (path) => kubectl.readText(path) })(resourceList(mappings));
  const wide = output === 'wide';
  const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])];
  const rows = mappings.map((m) => [
    m.resource,
    m.shortNames.join(','),
    m.group ? `${m.group}/${m.version}` : m.version,
    String(m.namespaced),
    m.kind,
    ...(wide ? [[...m.verbs].sort(byCodePoint).join(','), m.categories.join(',')] : []),
  ]);
  return table(options['no-headers'] ? rows : [header, ...rows]);
}

const resourceList = (mappings: readonly Mapping[]) => ({
  apiVersion: 'v1',
  kind: 'APIResourceList',
  metadata: {},
  groupVersion: '',
  resources: mappings.map((m) => ({
    name: m.resource,
    singularName: m.singular,
    namespaced: m.namespaced,
    ...(m.group ? { group: m.group } : {}),
    version: m.version,
    kind: m.kind,
    verbs: m.verbs,
    ...(m.shortNames.length > 0 ? { shortNames: m.shortNames } : {}),
    ...(m.categories.length > 0 ? { categories: m.categories } : {}),
  })),
});
