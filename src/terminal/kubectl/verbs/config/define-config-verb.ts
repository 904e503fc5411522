import { completeContexts } from '../../complete-resources.ts';
import { KubeconfigEditor } from '../../config/edit.ts';
import { defineVerb, type Verb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import type { FlagSpecs, FlagValues } from '../../flags/flag.ts';
import { helpPage } from '../../help/page.ts';
import type { Invocation } from '../../invocation.ts';

interface ConfigVerb<F extends FlagSpecs> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly usage: string;
  readonly short: string;
  readonly examples: readonly (readonly [string, string])[];
  readonly flags: F;
  /** How many arguments it takes: exactly, or between two numbers. */
  readonly arity: number | readonly [number, number];
  readonly completes?: 'context' | 'cluster' | 'user';
  run(kubectl: Invocation, editor: KubeconfigEditor, options: FlagValues<F>): Promise<void>;
}

/** A verb that works on kubeconfig files; wrong arguments show its help. */
export function defineConfigVerb<F extends FlagSpecs>(definition: ConfigVerb<F>): Verb {
  const { name, aliases, usage, short, examples, flags, arity, completes, run } = definition;
  const [least, most] = typeof arity === 'number' ? [arity, arity] : arity;
  const verb: Verb = defineVerb({
    name,
    ...(aliases ? { aliases } : {}),
    flags,
    help: { usage, short, examples },
    ...(completes ? { complete: (kubectl: Invocation) => completeContexts(kubectl, completes) } : {}),
    async run(kubectl, options) {
      const count = kubectl.args.length;
      if (count < least || count > most) {
        await kubectl.print(helpPage(verb, ['kubectl', 'config']));
        throw new UsageError(`Unexpected args: [${kubectl.args.join(' ')}]`);
      }
      await run(kubectl, new KubeconfigEditor(kubectl), options as FlagValues<F>);
      return undefined;
    },
  });
  return verb;
}
