import type { PlainObject } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { type Entries, type Kubeconfig, kubeconfigObject } from '../../config/kubeconfig.ts';
import { UsageError } from '../../errors.ts';
import { bool, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { printFlags } from '../../print/print-flags.ts';
import { defineConfigVerb } from './define-config-verb.ts';

export const view = defineConfigVerb({
  name: 'view',
  usage: 'view',
  short: 'Display merged kubeconfig settings or a specified kubeconfig file',
  examples: [
    ['Merged settings', 'kubectl config view'],
    ['With certificates and tokens', 'kubectl config view --raw'],
    ['A password', `kubectl config view --raw -o jsonpath='{.users[?(@.name == "e2e")].user.password}'`],
  ],
  flags: {
    ...printFlags,
    output: string('o', 'Output format.', { default: 'yaml', values: ['json', 'yaml'] }),
    flatten: bool('', 'Put the bytes of certificate files into the output.'),
    merge: bool('', 'Merge all kubeconfig files.', { default: true }),
    minify: bool('', 'Only what the current context uses.'),
    raw: bool('', 'Show certificates, keys and tokens.'),
  },
  arity: [0, 0],
  async run(kubectl, { merged }, options) {
    const chosen = options.minify ? minified(merged, kubectl.global.context) : merged;
    const shown = options.flatten ? flattened(kubectl, chosen) : options.raw ? chosen : redacted(chosen);
    const print = objectPrinter({ output: options.output, template: options.template, readFile: (path) => kubectl.readText(path) });
    await kubectl.print(print(kubeconfigObject(shown) as unknown as KubeObject));
  },
});

function minified(config: Kubeconfig, named: string): Kubeconfig {
  const current = named || config.currentContext;
  if (!current) throw new UsageError('current-context must exist in order to minify');
  const context = config.contexts[current];
  if (!context) throw new UsageError(`cannot locate context ${current}`);
  return {
    ...config,
    currentContext: current,
    contexts: { [current]: context },
    clusters: only(config.clusters, context.cluster),
    users: only(config.users, context.user),
  };
}

const only = (entries: Entries, name: unknown): Entries => (typeof name === 'string' && entries[name] ? { [name]: entries[name] } : {});

function redacted(config: Kubeconfig): Kubeconfig {
  return { ...config, clusters: each(config.clusters, withoutSecrets), users: each(config.users, withoutSecrets) };
}

function withoutSecrets(entry: PlainObject): PlainObject {
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => {
      if (key.endsWith('-data') && value) return [key, 'DATA+OMITTED'];
      return (key === 'token' || key === 'password') && value ? [key, 'REDACTED'] : [key, value];
    }),
  );
}

function flattened(kubectl: Invocation, config: Kubeconfig): Kubeconfig {
  const inline = (entry: PlainObject) =>
    ['certificate-authority', 'client-certificate', 'client-key'].reduce((result, field) => embedded(kubectl, result, field), entry);
  return { ...config, clusters: each(config.clusters, inline), users: each(config.users, inline) };
}

function embedded(kubectl: Invocation, entry: PlainObject, field: string): PlainObject {
  const { [field]: path, ...rest } = entry;
  if (typeof path !== 'string' || !path) return entry;
  return { ...rest, [`${field}-data`]: kubectl.readFile(path).toString('base64') };
}

const each = (entries: Entries, change: (entry: PlainObject) => PlainObject): Entries =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, change(entry)]));
