import { defineVerb } from '../../define-verb.ts';
import type { FlagSpecs } from '../../flags/flag.ts';
import { globalFlags } from '../../flags/global.ts';
import { flagLines } from '../../help/page.ts';

export const options = defineVerb({
  name: 'options',
  hidden: true,
  flags: {},
  help: { usage: 'options', short: 'Print the list of flags inherited by all commands', examples: [['Flags of every command', 'kubectl options']] },
  async run(kubectl) {
    await kubectl.print(`The following options can be passed to any command:\n\n${flagLines(globalFlags as FlagSpecs)}`);
    return undefined;
  },
});
