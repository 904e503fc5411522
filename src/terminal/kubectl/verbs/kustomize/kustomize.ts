import { parseApiVersion } from '../../../../api/machinery/object.ts';
import { toYaml } from '../../../../api/machinery/yaml.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { array, bool, string, strings } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { kustomizedObjects } from '../../resource/kustomization.ts';

export const kustomize = defineVerb({
  name: 'kustomize',
  group: 'Advanced Commands',
  flags: {
    'as-current-user': bool('', 'Run function plugins as the current user.'),
    'enable-alpha-plugins': bool('', 'Allow plugins.'),
    'enable-helm': bool('', 'Allow Helm charts.'),
    env: array('e', 'Environment for function plugins.'),
    'helm-api-versions': array('', 'API versions that Helm is told of.'),
    'helm-command': string('', 'Name of the helm program.', { default: 'helm' }),
    'helm-debug': bool('', 'Let Helm say more.'),
    'helm-kube-version': string('', 'Kubernetes version that Helm is told of.'),
    'load-restrictor': string('', 'Where files may lie: LoadRestrictionsRootOnly or LoadRestrictionsNone.', { default: 'LoadRestrictionsRootOnly' }),
    mount: strings('', 'Mounts for function plugins.'),
    network: bool('', 'Allow function plugins to use the network.'),
    'network-name': string('', 'Network of function plugins.', { default: 'bridge' }),
    output: string('o', 'File or folder to write the result to.'),
  },
  help: {
    usage: 'kustomize DIR',
    short: 'Build a kustomization target from a directory or URL',
    long: "Prints the resources that the kustomization.yaml in a folder describes. Without DIR, '.' is meant.",
    examples: [
      ['Build the present folder', 'kubectl kustomize'],
      ['Build another folder', 'kubectl kustomize /home/config/production'],
    ],
  },
  async run(kubectl, { output }) {
    if (kubectl.args.length > 1) throw new UsageError('specify one path to kustomization.yaml');
    const objects = await kustomizedObjects(kubectl, kubectl.args[0] ?? '.');
    const folder =
      output && kubectl.files.exists(kubectl.process.path(output)) && kubectl.files.stat(kubectl.process.path(output)).type === 'directory';
    if (folder) for (const object of objects) write(kubectl, `${output}/${fileName(object)}`, toYaml(object));
    else {
      const text = objects.map((object) => toYaml(object)).join('---\n');
      if (output) write(kubectl, output, text);
      else await kubectl.print(text);
    }
    return undefined;
  },
});

function write(kubectl: Invocation, path: string, text: string): void {
  const { uid, gid } = kubectl.process.credentials;
  kubectl.files.write(kubectl.process.path(path), text, { owner: { uid, gid } });
}

/** `apps_v1_deployment_web.yaml`. */
function fileName(object: Readonly<Record<string, unknown>>): string {
  const { group, version } = parseApiVersion(String(object.apiVersion ?? ''));
  const { name } = (object.metadata ?? {}) as { name?: string };
  return `${[group, version, String(object.kind ?? ''), name].filter(Boolean).join('_').toLowerCase()}.yaml`;
}
