import type { FlagSpecs, FlagValues } from './flags/flag.ts';
import type { Invocation } from './invocation.ts';

/** The headings of `kubectl --help`, in its order. */
export type HelpGroup =
  | 'Basic Commands (Beginner)'
  | 'Basic Commands (Intermediate)'
  | 'Deploy Commands'
  | 'Cluster Management Commands'
  | 'Troubleshooting and Debugging Commands'
  | 'Advanced Commands'
  | 'Settings Commands'
  | 'Other Commands';

export interface VerbHelp {
  /** As cobra's Use line, without the parents' names: `get [(-o|--output=)…] (TYPE[.VERSION][.GROUP] [NAME | -l label]) [flags]`. */
  readonly usage: string;
  readonly short: string;
  readonly long?: string;
  /** Pairs of a sentence and the command it explains. */
  readonly examples?: readonly (readonly [string, string])[];
}

/** A kubectl command. `validate` and `run` throw UsageError or StatusError; errors.ts words and prints them. */
export interface VerbDefinition<F extends FlagSpecs> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly group?: HelpGroup;
  readonly flags: F;
  readonly help: VerbHelp;
  readonly subverbs?: readonly Verb[];
  readonly hidden?: boolean;
  /** What stands for positional arguments: resource types and names, pods, contexts … */
  complete?(kubectl: Invocation, word: string): Promise<readonly string[]> | readonly string[];
  validate?(kubectl: Invocation, options: FlagValues<F>): void;
  /** Without one, the verb only groups its subverbs. The number is the exit code, 0 when absent. */
  run?(kubectl: Invocation, options: FlagValues<F>): Promise<number | undefined>;
}

export type Verb = VerbDefinition<FlagSpecs>;

export const defineVerb = <F extends FlagSpecs>(definition: VerbDefinition<F>): Verb => definition as unknown as Verb;
