import { quantityMilli, quantityValue } from '../../../../api/machinery/quantity.ts';
import type { Node } from '../../../../api/schema/generated/types.ts';
import { completeNodes } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, string } from '../../flags/flag.ts';
import { selectorFlag } from '../../print/print-flags.ts';
import { table } from '../../print/tab-writer.ts';
import { bytes, checkSortBy, cpuText, fetchMetrics, memoryText, milliCpu, sortedBy } from './metrics.ts';

export const topNode = defineVerb({
  name: 'node',
  aliases: ['nodes', 'no'],
  flags: {
    ...selectorFlag,
    'no-headers': bool('', 'Leave out the headers.'),
    'show-capacity': bool('', "Shares of the node's capacity instead of what is allocatable."),
    'sort-by': string('', 'Sort by cpu or memory.', { values: ['cpu', 'memory'] }),
    'use-protocol-buffers': bool('', 'Ask the server for protocol buffers.', { default: true }),
  },
  help: { usage: 'node [NAME | -l label]', short: 'Display resource (CPU/memory) usage of nodes', examples: [['All nodes', 'kubectl top node']] },
  complete: (kubectl) => (kubectl.args.length > 0 ? [] : completeNodes(kubectl)),
  validate(kubectl, options) {
    checkSortBy(options['sort-by']);
    if (kubectl.args.length > 1) throw kubectl.usage('node [NAME | -l label]');
    if (kubectl.args.length > 0 && options.selector) throw new UsageError('only one of NAME or --selector can be provided');
  },
  async run(kubectl, options) {
    const [name = ''] = kubectl.args;
    const query: Readonly<Record<string, string>> = options.selector ? { labelSelector: options.selector } : {};
    const metrics = await fetchMetrics(kubectl, name ? `nodes/${name}` : 'nodes', query);
    if (metrics.length === 0) throw new UsageError('metrics not available yet');
    const found = await kubectl.api.get(name ? `/api/v1/nodes/${name}` : '/api/v1/nodes', query);
    const nodes = (Array.isArray(found.items) ? found.items : [found]) as unknown as readonly Node[];
    const measured = sortedBy(metrics, options['sort-by'], {
      name: (m) => m.metadata?.name ?? '',
      cpu: (m) => milliCpu(m.usage),
      memory: (m) => bytes(m.usage),
    });
    const rows = measured.map(({ metadata, usage }) => {
      const node = nodes.find((one) => one.metadata?.name === metadata?.name);
      const all = options['show-capacity'] ? node?.status?.capacity : node?.status?.allocatable;
      const share = (part: number, whole: number) => (whole ? `${Math.trunc((part / whole) * 100)}%` : '<unknown>');
      const [cpu, memory] = [milliCpu(usage), bytes(usage)];
      const [wholeCpu, wholeMemory] = [quantityMilli(String(all?.cpu ?? '0')), quantityValue(String(all?.memory ?? '0'))];
      return [metadata?.name ?? '', cpuText(cpu), share(cpu, wholeCpu), memoryText(memory), share(memory, wholeMemory), ''];
    });
    const missing = nodes.filter((node) => !metrics.some(({ metadata }) => metadata?.name === node.metadata?.name));
    const blank = missing.map(({ metadata }) => [metadata?.name ?? '', '<unknown>', '<unknown>', '<unknown>', '<unknown>', '']);
    const headers = ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)', ''];
    await kubectl.print(table([...(options['no-headers'] ? [] : [headers]), ...rows, ...blank]));
    return undefined;
  },
});
