import { byCodePoint } from '../../../../api/machinery/json.ts';
import { apiVersionOf } from '../../../../api/machinery/object.ts';
import { defineVerb } from '../../define-verb.ts';

export const apiVersions = defineVerb({
  name: 'api-versions',
  group: 'Other Commands',
  flags: {},
  help: {
    usage: 'api-versions',
    short: 'Print the supported API versions on the server, in the form of "group/version"',
    examples: [['All versions', 'kubectl api-versions']],
  },
  validate(kubectl) {
    if (kubectl.args.length > 0) throw kubectl.usage(`unexpected arguments: [${kubectl.args.join(' ')}]`);
  },
  async run(kubectl) {
    const versions = new Set((await kubectl.mapper).all.map(apiVersionOf));
    await kubectl.print(
      [...versions]
        .sort(byCodePoint)
        .map((version) => `${version}\n`)
        .join(''),
    );
    return undefined;
  },
});
