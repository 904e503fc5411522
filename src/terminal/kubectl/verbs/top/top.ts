import { defineVerb } from '../../define-verb.ts';
import { topNode } from './node.ts';
import { topPod } from './pod.ts';

export const top = defineVerb({
  name: 'top',
  group: 'Cluster Management Commands',
  flags: {},
  subverbs: [topNode, topPod],
  help: {
    usage: 'top',
    short: 'Display resource (CPU/memory) usage',
    long: 'Shows how much CPU and memory nodes or pods use. Needs the metrics server.',
  },
});
