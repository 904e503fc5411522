import { UsageError } from '../../errors.ts';
import { parsePairs } from '../../writing/label-spec.ts';
import { defineMetadataVerb } from './metadata-verb.ts';

export const annotate = defineMetadataVerb({
  name: 'annotate',
  noun: 'annotation',
  field: 'annotations',
  tellsMissing: false,
  help: {
    usage: 'annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
    short: 'Update the annotations on a resource',
    long: 'Sets annotations with KEY=VALUE and removes them with KEY-.',
    examples: [
      ['An annotation of a pod', "kubectl annotate pods foo description='my frontend'"],
      ['Over an existing value', "kubectl annotate --overwrite pods foo description='my frontend running nginx'"],
      ['All pods of the namespace', "kubectl annotate pods --all description='my frontend running nginx'"],
      ['Remove it', 'kubectl annotate pods foo description-'],
    ],
  },
  parse(words) {
    const pairs = parsePairs(words, 'annotation', true);
    const both = pairs.remove.filter((key) => key in pairs.set);
    if (both.length > 0) throw new UsageError(`can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`);
    return pairs;
  },
  operation: () => 'annotated',
  refusal: (taken) => new UsageError(`--overwrite is false but found the following declared annotation(s): ${taken.join('; ')}`),
});
