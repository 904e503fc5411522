import { bool, int, string } from '../../flags/flag.ts';
import { defineGenerator } from './generator.ts';

export const createPriorityClass = defineGenerator({
  name: 'priorityclass',
  aliases: ['pc'],
  namespaced: false,
  failure: 'failed to create priorityclass: ',
  flags: {
    description: string('', 'When to use this class.'),
    'global-default': bool('', 'Pods without a class get this one.'),
    'preemption-policy': string('', 'Whether its pods may evict others: PreemptLowerPriority or Never.', {
      default: 'PreemptLowerPriority',
      values: ['PreemptLowerPriority', 'Never'],
    }),
    value: int('', 'The priority.'),
  },
  help: {
    usage: 'priorityclass NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
    short: 'Create a priority class with the specified name',
    examples: [
      ['A class named high-priority', 'kubectl create priorityclass high-priority --value=1000 --description="high priority"'],
      ['The default of all pods', 'kubectl create priorityclass default-priority --value=1000 --global-default=true'],
      ['That evicts nobody', 'kubectl create priorityclass high-priority --value=1000 --preemption-policy="Never"'],
    ],
  },
  build: (_kubectl, _name, options) => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    value: options.value,
    globalDefault: options['global-default'],
    description: options.description,
    preemptionPolicy: options['preemption-policy'],
  }),
});
