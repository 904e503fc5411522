import { completePods } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, type FlagValues, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { selectorFlag } from '../../print/print-flags.ts';
import { table } from '../../print/tab-writer.ts';
import { bytes, checkSortBy, cpuText, fetchMetrics, type Metrics, memoryText, milliCpu, sortedBy } from './metrics.ts';

const flags = {
  ...selectorFlag,
  'all-namespaces': bool('A', 'Look in all namespaces.'),
  containers: bool('', 'Show each container by itself.'),
  'field-selector': string('', "Field selector: '=', '==', '!='."),
  'no-headers': bool('', 'Leave out the headers.'),
  'sort-by': string('', 'Sort by cpu or memory.', { values: ['cpu', 'memory'] }),
  sum: bool('', 'Add a line with the sums.'),
  'use-protocol-buffers': bool('', 'Ask the server for protocol buffers.', { default: true }),
};

export const topPod = defineVerb({
  name: 'pod',
  aliases: ['pods', 'po'],
  flags,
  help: {
    usage: 'pod [NAME | -l label]',
    short: 'Display resource (CPU/memory) usage of pods',
    examples: [['All pods of the namespace', 'kubectl top pod']],
  },
  complete: completePods,
  validate(kubectl, options) {
    checkSortBy(options['sort-by']);
    if (kubectl.args.length > 1) throw kubectl.usage('pod [NAME | -l label]');
    if (kubectl.args.length > 0 && (options.selector || options['field-selector']))
      throw new UsageError('only one of NAME or selector can be provided');
  },
  async run(kubectl, options) {
    const everywhere = options['all-namespaces'];
    const [name = ''] = kubectl.args;
    const query = {
      ...(options.selector ? { labelSelector: options.selector } : {}),
      ...(options['field-selector'] ? { fieldSelector: options['field-selector'] } : {}),
    };
    const scope = everywhere ? 'pods' : `namespaces/${kubectl.namespace}/pods`;
    const metrics = await fetchMetrics(kubectl, name ? `${scope}/${name}` : scope, query);
    if (metrics.length > 0) await kubectl.print(table(rowsOf(metrics, options)));
    else await nothing(kubectl, everywhere, query);
    return undefined;
  },
});

/** Pods that exist but were not measured yet are an error, no pods are none. */
async function nothing(kubectl: Invocation, everywhere: boolean, query: Readonly<Record<string, string>>): Promise<void> {
  const pods = await kubectl.api.get(everywhere ? '/api/v1/pods' : `/api/v1/namespaces/${kubectl.namespace}/pods`, query);
  if ((pods.items as readonly unknown[]).length > 0) throw new UsageError('metrics not available yet');
  await kubectl.error(everywhere ? 'No resources found\n' : `No resources found in ${kubectl.namespace} namespace.\n`);
}

const total = (pod: Metrics, read: (usage: NonNullable<Metrics['usage']>) => number): number =>
  (pod.containers ?? []).reduce((sum, { usage }) => sum + read(usage), 0);

function rowsOf(metrics: readonly Metrics[], options: FlagValues<typeof flags>): string[][] {
  const everywhere = options['all-namespaces'];
  const by = options['sort-by'];
  const read = {
    name: (m: Metrics) => `${everywhere ? m.metadata?.namespace : ''}/${m.metadata?.name}`,
    cpu: (m: Metrics) => total(m, milliCpu),
    memory: (m: Metrics) => total(m, bytes),
  };
  const rows = sortedBy(metrics, by, read).flatMap((pod) => podRows(pod, options));
  const headers = [...(everywhere ? ['NAMESPACE'] : []), ...(options.containers ? ['POD'] : []), 'NAME', 'CPU(cores)', 'MEMORY(bytes)', ''];
  const sum = (of: (m: Metrics) => number) => metrics.reduce((all, one) => all + of(one), 0);
  const blanks = headers.slice(0, -4).map(() => '');
  const sums = options.sum
    ? [
        [...blanks, '', '________', '________', ''],
        [...blanks, '', cpuText(sum(read.cpu)), memoryText(sum(read.memory)), ''],
      ]
    : [];
  return [...(options['no-headers'] ? [] : [headers]), ...rows, ...sums];
}

function podRows(pod: Metrics, options: FlagValues<typeof flags>): string[][] {
  const place = options['all-namespaces'] ? [pod.metadata?.namespace ?? ''] : [];
  const name = pod.metadata?.name ?? '';
  if (!options.containers) return [[...place, name, cpuText(total(pod, milliCpu)), memoryText(total(pod, bytes)), '']];
  const containers = sortedBy(pod.containers ?? [], options['sort-by'], {
    name: (c) => c.name,
    cpu: (c) => milliCpu(c.usage),
    memory: (c) => bytes(c.usage),
  });
  return containers.map((container) => [...place, name, container.name, cpuText(milliCpu(container.usage)), memoryText(bytes(container.usage)), '']);
}
