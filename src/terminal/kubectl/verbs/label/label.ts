import { isValidLabelValue } from '../../../../api/machinery/names.ts';
import { Aggregate, UsageError } from '../../errors.ts';
import type { Pairs } from '../../writing/label-spec.ts';
import { defineMetadataVerb } from './metadata-verb.ts';

export const label = defineMetadataVerb({
  name: 'label',
  noun: 'label',
  field: 'labels',
  tellsMissing: true,
  help: {
    usage: 'label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
    short: 'Update the labels on a resource',
    long: 'Sets labels with KEY=VALUE and removes them with KEY-. A value has at most 63 characters.',
    examples: [
      ['A label of a pod', 'kubectl label pods foo unhealthy=true'],
      ['Over an existing value', 'kubectl label --overwrite pods foo status=unhealthy'],
      ['All pods of the namespace', 'kubectl label pods --all status=unhealthy'],
      ['Remove it', 'kubectl label pods foo bar-'],
    ],
  },
  parse: labelPairs,
  operation({ added, removed }) {
    if (added && removed) return 'modified';
    if (added) return 'labeled';
    return removed ? 'unlabeled' : 'not labeled';
  },
  refusal: (taken) => new Aggregate(taken.map((one) => new UsageError(`${one}, and --overwrite is false`))),
});

function labelPairs(words: readonly string[]): Pairs {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  for (const word of words) {
    const parts = word.split('=');
    const [key = '', value = ''] = parts;
    if (parts.length > 2) throw new UsageError(`invalid label spec: ${word}`);
    if (parts.length === 2) {
      const findings = isValidLabelValue(value);
      if (findings.length > 0) throw new UsageError(`invalid label value: ${JSON.stringify(word)}: ${findings.join(';')}`);
      set[key] = value;
    } else if (word.endsWith('-')) remove.push(word.slice(0, -1));
    else throw new UsageError(`unknown label spec: ${word}`);
  }
  if (remove.some((key) => key in set)) throw new UsageError('can not both modify and remove a label in the same command');
  return { set, remove };
}
