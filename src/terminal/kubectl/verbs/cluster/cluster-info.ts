import { isPlainObject } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { Service } from '../../../../api/schema/generated/types.ts';
import { defineVerb } from '../../define-verb.ts';
import { bool, duration, string, strings } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';

const dump = defineVerb({
  name: 'dump',
  flags: {
    'all-namespaces': bool('A', 'Dump all namespaces.'),
    namespaces: strings('', 'Namespaces to dump.'),
    output: string('o', 'Output format: json or yaml.', { default: 'json' }),
    'output-directory': string('', 'Folder to write files to; without one everything is printed.'),
    'pod-running-timeout': duration('', 'How long to wait for a pod to run.', { default: 20_000 }),
  },
  help: {
    usage: 'dump',
    short: 'Dump relevant information for debugging and diagnosis',
    examples: [['Print the state of the cluster', 'kubectl cluster-info dump']],
  },
  async run(kubectl, options) {
    const print = objectPrinter({ output: options.output, readFile: (path) => kubectl.readText(path) });
    const show = (name: string, text: string) => put(kubectl, options['output-directory'], name, text);
    await show('nodes', print(await kubectl.api.get('/api/v1/nodes')));
    for (const namespace of await namespacesOf(kubectl, options)) await dumpNamespace(kubectl, namespace, options.output, show);
    if (options['output-directory'] && options['output-directory'] !== '-') {
      await kubectl.print(`Cluster info dumped to ${options['output-directory']}\n`);
    }
    return undefined;
  },
});

async function namespacesOf(kubectl: Invocation, options: { 'all-namespaces': boolean; namespaces: readonly string[] }): Promise<readonly string[]> {
  if (!options['all-namespaces']) return options.namespaces.length > 0 ? options.namespaces : ['kube-system', kubectl.namespace];
  const list = await kubectl.api.get('/api/v1/namespaces');
  return (list.items as readonly KubeObject[]).map((item) => item.metadata.name ?? '');
}

const dumped = [
  'api/v1:events',
  'api/v1:replicationcontrollers',
  'api/v1:services',
  'apis/apps/v1:daemonsets',
  'apis/apps/v1:deployments',
  'apis/apps/v1:replicasets',
  'api/v1:pods',
];

async function dumpNamespace(
  kubectl: Invocation,
  namespace: string,
  output: string,
  show: (name: string, text: string) => Promise<void>,
): Promise<void> {
  const print = objectPrinter({ output, readFile: (path) => kubectl.readText(path) });
  for (const entry of dumped) {
    const [root, resource] = entry.split(':');
    const list = await kubectl.api.get(`/${root}/namespaces/${namespace}/${resource}`);
    await show(`${namespace}/${resource}`, print(list));
    if (resource !== 'pods') continue;
    for (const pod of list.items as readonly KubeObject[]) await dumpLogs(kubectl, namespace, pod, show);
  }
}

async function dumpLogs(kubectl: Invocation, namespace: string, pod: KubeObject, show: (name: string, text: string) => Promise<void>): Promise<void> {
  const spec = isPlainObject(pod.spec) ? pod.spec : {};
  for (const container of [spec.initContainers, spec.containers].flatMap((list) => (Array.isArray(list) ? list : []))) {
    const name = pod.metadata.name ?? '';
    const heading = `container ${container.name} of pod ${namespace}/${name}`;
    const text = await kubectl.api
      .send({ method: 'GET', path: `/api/v1/namespaces/${namespace}/pods/${name}/log`, query: { container: container.name } })
      .then(
        ({ body }) => String(body ?? ''),
        (error) => `Request log error: ${String(error)}\n`,
      );
    await show(`${namespace}/${name}/logs`, `==== START logs for ${heading} ====\n${text}==== END logs for ${heading} ====\n`);
  }
}

async function put(kubectl: Invocation, folder: string, name: string, text: string): Promise<void> {
  if (!folder || folder === '-') return kubectl.print(text);
  const path = kubectl.process.path(`${folder}/${name}${name.endsWith('/logs') ? '.txt' : '.json'}`);
  kubectl.files.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
  kubectl.files.write(path, text);
}

export const clusterInfo = defineVerb({
  name: 'cluster-info',
  group: 'Cluster Management Commands',
  flags: {},
  subverbs: [dump],
  help: {
    usage: 'cluster-info',
    short: 'Display cluster information',
    long: 'Shows the addresses of the control plane and of services labelled kubernetes.io/cluster-service=true.',
    examples: [['Addresses of the cluster', 'kubectl cluster-info']],
  },
  async run(kubectl) {
    const namespace = kubectl.global.namespace || 'kube-system';
    const list = await kubectl.api.get(`/api/v1/namespaces/${namespace}/services`, { labelSelector: 'kubernetes.io/cluster-service=true' });
    const server = `https://${kubectl.api.host}`;
    const lines = [
      `Kubernetes control plane is running at ${server}`,
      ...(list.items as readonly Service[]).map((service) => serviceLine(service, server)),
    ];
    await kubectl.print(`${lines.join('\n')}\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n`);
    return undefined;
  },
});

function serviceLine({ metadata, spec, status }: Service, server: string): string {
  const ingress = status?.loadBalancer?.ingress?.[0];
  const [port] = spec?.ports ?? [];
  const scheme = port?.name === 'https' || port?.port === 443 ? 'https' : '';
  const full = scheme || port?.name ? `${scheme ? `${scheme}:` : ''}${metadata?.name}:${port?.name ?? ''}` : metadata?.name;
  const link = ingress
    ? (spec?.ports ?? []).map(({ port }) => `http://${ingress.ip || ingress.hostname}:${port} `).join('')
    : `${server}/api/v1/namespaces/${metadata?.namespace}/services/${full}/proxy`;
  return `${metadata?.labels?.['kubernetes.io/name'] || metadata?.name} is running at ${link}`;
}
