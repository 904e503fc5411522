import { defineVerb } from '../../define-verb.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'];

/** Completion is built into the shell here; the script says so to whoever sources it. */
export const completion = defineVerb({
  name: 'completion',
  group: 'Settings Commands',
  flags: {},
  help: {
    usage: 'completion SHELL',
    short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
    examples: [['Completion in the current shell', 'source <(kubectl completion bash)']],
  },
  complete: () => shells,
  validate(kubectl) {
    const [shell] = kubectl.args;
    if (shell === undefined) throw kubectl.usage('Shell not specified.');
    if (kubectl.args.length > 1) throw kubectl.usage('Too many arguments. Expected only the shell type.');
    if (!shells.includes(shell)) throw kubectl.usage(`Unsupported shell type ${JSON.stringify(shell)}.`);
  },
  async run(kubectl) {
    await kubectl.print(`# ${kubectl.args[0]} completion for kubectl\n__start_kubectl() { :; }\ncomplete -o default -F __start_kubectl kubectl\n`);
    return undefined;
  },
});
