import { parseSelector } from '../../../../api/machinery/label-parser.ts';
import type { LabelSelector } from '../../../../api/schema/generated/types.ts';
import { messageOf, UsageError } from '../../errors.ts';
import { string } from '../../flags/flag.ts';
import { intOrString } from '../../writing/int-or-string.ts';
import { defineGenerator } from './generator.ts';

export const createPodDisruptionBudget = defineGenerator({
  name: 'poddisruptionbudget',
  aliases: ['pdb'],
  failure: 'failed to create poddisruptionbudgets: ',
  flags: {
    'max-unavailable': string('', 'How many pods, or what percentage, may be down.'),
    'min-available': string('', 'How many pods, or what percentage, must be up.'),
    selector: string('', 'Label selector of the pods.'),
  },
  help: {
    usage: 'poddisruptionbudget NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]',
    short: 'Create a pod disruption budget with the specified name',
    examples: [
      ['At least one pod with app=rails stays up', 'kubectl create poddisruptionbudget my-pdb --selector=app=rails --min-available=1'],
      ['At least half of the pods stay up', 'kubectl create pdb my-pdb --selector=app=nginx --min-available=50%'],
    ],
  },
  build(_kubectl, _name, { selector, 'min-available': least, 'max-unavailable': most }) {
    if (!selector) throw new UsageError('a selector must be specified');
    if (!most && !least) throw new UsageError('one of min-available or max-unavailable must be specified');
    if (most && least) throw new UsageError('min-available and max-unavailable cannot be both specified');
    if (least && !/^[0-9]+%?$/.test(least)) throw new UsageError('invalid format specified for min-available');
    if (most && !/^[0-9]+%?$/.test(most)) throw new UsageError('invalid format specified for max-unavailable');
    return {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      spec: {
        minAvailable: least ? intOrString(least) : undefined,
        selector: labelSelector(selector),
        maxUnavailable: most ? intOrString(most) : undefined,
      },
    };
  },
});

const expressions = { in: 'In', notin: 'NotIn', '!=': 'NotIn', exists: 'Exists', '!': 'DoesNotExist' } as const;

/** A selector's text as an object: equalities are labels, the rest are expressions. */
export function labelSelector(text: string): LabelSelector {
  try {
    const requirements = parseSelector(text);
    const equalities = requirements.filter(({ operator }) => operator === '=' || operator === '==');
    const others = requirements.filter((requirement) => !equalities.includes(requirement));
    return {
      ...(equalities.length > 0 ? { matchLabels: Object.fromEntries(equalities.map(({ key, values }) => [key, [...values][0] ?? ''])) } : {}),
      ...(others.length > 0 ? { matchExpressions: others.map(({ key, operator, values }) => expression(key, operator, [...values])) } : {}),
    };
  } catch (error) {
    throw new UsageError(`couldn't parse the selector string ${JSON.stringify(text)}: ${messageOf(error)}`);
  }
}

function expression(key: string, operator: string, values: readonly string[]) {
  const word = Object.entries(expressions).find(([sign]) => sign === operator)?.[1];
  if (!word) throw new UsageError(`${JSON.stringify(operator)} isn't supported in label selectors`);
  return { key, operator: word, ...(values.length > 0 ? { values } : {}) };
}
