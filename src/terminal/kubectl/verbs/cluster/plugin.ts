import { defineVerb } from '../../define-verb.ts';
import { PlainError } from '../../errors.ts';
import { bool } from '../../flags/flag.ts';

const list = defineVerb({
  name: 'list',
  flags: { 'name-only': bool('', 'Names only, without their folders.') },
  help: { usage: 'list', short: "List all visible plugin executables on a user's PATH", examples: [['All plugins', 'kubectl plugin list']] },
  async run(kubectl, options) {
    const folders = [...new Set((kubectl.process.env.get('PATH') ?? '').split(':').filter(Boolean))].filter((folder) => kubectl.files.exists(folder));
    const found = folders.flatMap((folder) =>
      [...kubectl.files.list(folder)]
        .sort()
        .filter((name) => name.startsWith('kubectl-'))
        .map((name) => (options['name-only'] ? name : `${folder}/${name}`)),
    );
    if (found.length === 0) throw new PlainError('error: unable to find any kubectl plugins in your PATH\n');
    await kubectl.print(`The following compatible plugins are available:\n\n${found.map((path) => `${path}\n`).join('')}`);
    return undefined;
  },
});

export const plugin = defineVerb({
  name: 'plugin',
  group: 'Other Commands',
  flags: {},
  subverbs: [list],
  help: {
    usage: 'plugin [flags]',
    short: 'Provides utilities for interacting with plugins',
    long: 'Plugins are executables on the PATH whose names begin with kubectl-.',
  },
});
