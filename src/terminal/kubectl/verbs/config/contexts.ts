import { byCodePoint } from '../../../../api/machinery/json.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { bool, string } from '../../flags/flag.ts';
import { TabWriter } from '../../print/tab-writer.ts';
import { defineConfigVerb } from './define-config-verb.ts';

export const currentContext = defineConfigVerb({
  name: 'current-context',
  usage: 'current-context',
  short: 'Display the current-context',
  examples: [['The context in use', 'kubectl config current-context']],
  flags: {},
  arity: [0, 99],
  async run(kubectl, { merged }) {
    if (!merged.currentContext) throw new UsageError('current-context is not set');
    await kubectl.print(`${merged.currentContext}\n`);
  },
});

export const useContext = defineConfigVerb({
  name: 'use-context',
  aliases: ['use'],
  usage: 'use-context CONTEXT_NAME',
  short: 'Set the current-context in a kubeconfig file.',
  examples: [['Use the context for the minikube cluster', 'kubectl config use-context minikube']],
  flags: {},
  arity: 1,
  completes: 'context',
  async run(kubectl, editor) {
    const [name = ''] = kubectl.args;
    if (!name) throw new UsageError('empty context names are not allowed');
    editor.requireEntry('contexts', name, `no context exists with the name: ${JSON.stringify(name)}`);
    editor.setCurrentContext(name);
    await kubectl.print(`Switched to context ${JSON.stringify(name)}.\n`);
  },
});

export const getContexts = defineConfigVerb({
  name: 'get-contexts',
  usage: 'get-contexts [(-o|--output=)name)]',
  short: 'Describe one or many contexts',
  examples: [['All contexts', 'kubectl config get-contexts']],
  flags: { 'no-headers': bool('', 'Leave out the headers.'), output: string('o', 'Output format: name.', { values: ['name'] }) },
  arity: [0, 99],
  completes: 'context',
  async run(kubectl, { merged }, options) {
    const nameOnly = options.output === 'name';
    if (!['', 'name', 'wide'].includes(options.output)) {
      throw new UsageError(`--output ${options.output} is not available in kubectl config get-contexts; resetting to default output format`);
    }
    const all = Object.keys(merged.contexts);
    const wanted = kubectl.args.length > 0 ? kubectl.args : all;
    const missing = wanted.filter((name) => !all.includes(name)).map((name) => new UsageError(`context ${name} not found`));
    const writer = new TabWriter();
    if (!nameOnly && !options['no-headers']) writer.write('CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n');
    for (const name of wanted.filter((one) => all.includes(one)).sort(byCodePoint)) {
      const { cluster = '', user = '', namespace = '' } = merged.contexts[name] ?? {};
      writer.write(nameOnly ? `${name}\n` : `${merged.currentContext === name ? '*' : ' '}\t${name}\t${cluster}\t${user}\t${namespace}\n`);
    }
    await kubectl.print(writer.flush());
    throwAll(missing);
  },
});

export const setContext = defineConfigVerb({
  name: 'set-context',
  usage: 'set-context [NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
  short: 'Set a context entry in kubeconfig',
  examples: [['Another namespace for the current context', 'kubectl config set-context --current --namespace=shop']],
  flags: {
    current: bool('', 'Change the current context.'),
    cluster: string('', 'Cluster of the context.'),
    user: string('', 'User of the context.'),
    namespace: string('', 'Namespace of the context.'),
  },
  arity: [0, 1],
  completes: 'context',
  async run(kubectl, editor, options) {
    const [given = ''] = kubectl.args;
    if (!given && !options.current) throw new UsageError('you must specify a non-empty context name or --current');
    if (given && options.current) throw new UsageError('you cannot specify both a context name and --current');
    const name = options.current ? editor.merged.currentContext : given;
    if (!name) throw new UsageError('no current context is set');
    const existing = editor.merged.contexts[name];
    const changes = Object.fromEntries(
      (['cluster', 'user', 'namespace'] as const).filter((key) => kubectl.changed(key)).map((key) => [key, options[key]]),
    );
    editor.set('contexts', name, withoutEmpty({ cluster: '', user: '', ...existing, ...changes }));
    await kubectl.print(`Context ${JSON.stringify(name)} ${existing ? 'modified' : 'created'}.\n`);
  },
});

/** A context always names a cluster and a user; an empty namespace goes. */
const withoutEmpty = (entry: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(entry).filter(([key, value]) => value !== '' || key === 'cluster' || key === 'user'));

export const renameContext = defineConfigVerb({
  name: 'rename-context',
  usage: 'rename-context CONTEXT_NAME NEW_NAME',
  short: 'Rename a context from the kubeconfig file',
  examples: [['A new name', 'kubectl config rename-context old-name new-name']],
  flags: {},
  arity: 2,
  completes: 'context',
  async run(kubectl, editor) {
    const [from = '', to = ''] = kubectl.args;
    if (!to) throw new UsageError('You must specify a new non-empty context name');
    const entry = editor.requireEntry('contexts', from, `cannot rename the context ${JSON.stringify(from)}, it's not in ${editor.target}`);
    if (editor.merged.contexts[to]) {
      throw new UsageError(`cannot rename the context ${JSON.stringify(from)}, the context ${JSON.stringify(to)} already exists in ${editor.target}`);
    }
    const current = editor.merged.currentContext === from;
    editor.set('contexts', to, entry);
    editor.remove('contexts', from);
    if (current) editor.setCurrentContext(to);
    await kubectl.print(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.\n`);
  },
});
