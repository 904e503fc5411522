import type { KubeObject } from '../../../api/machinery/object.ts';
import { bool, type FlagSpec, type FlagSpecs } from '../flags/flag.ts';
import { globalFlags } from '../flags/global.ts';
import type { Invocation } from '../invocation.ts';

export const changeCauseAnnotation = 'kubernetes.io/change-cause';

export const recordFlag = {
  record: bool('', 'Note this command in an annotation of the object.', { deprecated: '--record will be removed in the future' }),
};

/** With --record the object remembers the command that changed it. */
export function recorded<T extends KubeObject>(kubectl: Invocation, object: T, { record }: { record: boolean }, flags: FlagSpecs): T {
  if (!record) return object;
  const annotations = { ...object.metadata.annotations, [changeCauseAnnotation]: commandLine(kubectl, flags) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** The command in its normal form: arguments first, then the flags, spelled out. */
function commandLine(kubectl: Invocation, flags: FlagSpecs): string {
  const specs = { ...globalFlags, ...flags } as unknown as Readonly<Record<string, FlagSpec>>;
  const words = kubectl.process.argv.slice(1);
  const args: string[] = [];
  const given: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') args.push(...words.splice(0));
    else if (!word.startsWith('-') || word === '-') args.push(word);
    else {
      const [name, value] = spelled(word, specs);
      given.push(`--${name}=${value ?? specs[name]?.bare ?? words.shift() ?? ''}`);
    }
  }
  return ['kubectl', ...args, ...given].join(' ');
}

function spelled(word: string, specs: Readonly<Record<string, FlagSpec>>): readonly [string, string | undefined] {
  const equals = word.indexOf('=');
  if (word.startsWith('--')) return [word.slice(2, equals < 0 ? undefined : equals), equals < 0 ? undefined : word.slice(equals + 1)];
  const name = Object.keys(specs).find((flag) => specs[flag]?.short === word[1]) ?? word.slice(1, 2);
  return [name, word.length > 2 ? word.slice(equals === 2 ? 3 : 2) : undefined];
}
