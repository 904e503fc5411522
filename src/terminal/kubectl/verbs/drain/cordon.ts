import { completeNodes } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { dryRunOf } from '../../writing/write-flags.ts';
import { cordonNodes, nodeFlags, selectedNodes } from './nodes.ts';

const cordonVerb = (name: 'cordon' | 'uncordon', short: string, desired: boolean) =>
  defineVerb({
    name,
    group: 'Cluster Management Commands',
    flags: nodeFlags,
    help: { usage: `${name} NODE`, short, examples: [['The node foo', `kubectl ${name} foo`]] },
    complete: completeNodes,
    async run(kubectl, options) {
      const infos = await selectedNodes(kubectl, options, `${name} NODE`);
      await cordonNodes(kubectl, infos, desired, await dryRunOf(kubectl, options['dry-run']));
      return undefined;
    },
  });

export const cordon = cordonVerb('cordon', 'Mark node as unschedulable', true);
export const uncordon = cordonVerb('uncordon', 'Mark node as schedulable', false);
