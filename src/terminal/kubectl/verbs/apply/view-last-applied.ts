import { toGoJson } from '../../../../api/machinery/json.ts';
import { parseYaml, toYaml } from '../../../../api/machinery/yaml.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, string } from '../../flags/flag.ts';
import { fileFlags, selectorFlag } from '../../print/print-flags.ts';
import { selectAll } from '../../resource/selection.ts';
import { lastAppliedAnnotation } from '../../writing/last-applied.ts';

export const viewLastApplied = defineVerb({
  name: 'view-last-applied',
  flags: {
    ...fileFlags,
    ...selectorFlag,
    all: bool('', 'All objects of the types, in the namespace.'),
    output: string('o', 'Output format: yaml or json.', { default: 'yaml', values: ['json', 'yaml'] }),
  },
  help: {
    usage: 'view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
    short: 'View the latest last-applied-configuration annotations of a resource/object',
    examples: [
      ['By type and name, as YAML', 'kubectl apply view-last-applied deployment/nginx'],
      ['By file, as JSON', 'kubectl apply view-last-applied -f deploy.yaml -o json'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const texts: string[] = [];
    for (const { name, object, source } of await selectAll(kubectl, { ...options, args: kubectl.args, latest: true })) {
      const text = object.metadata.annotations?.[lastAppliedAnnotation];
      if (text !== undefined) texts.push(text);
      else if (source) {
        throw new UsageError(`error when no last-applied-configuration annotation found on resource: ${name}\n ${JSON.stringify(source)}: <nil>`);
      }
    }
    for (const text of texts) await kubectl.print(shown(text));
    return undefined;

    function shown(text: string): string {
      if (options.output === 'json') return `${toGoJson(JSON.parse(text), 2)}\n`;
      if (options.output === 'yaml') return toYaml(parseYaml(text));
      throw kubectl.usage(`Unexpected -o output mode: ${options.output}, the flag 'output' must be one of yaml|json`);
    }
  },
});
