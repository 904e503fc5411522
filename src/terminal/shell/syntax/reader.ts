import type { Redirect } from './ast.ts';
import { Scanner } from './scanner.ts';

/** A here-document whose body begins after the line's end. */
export interface PendingHeredoc {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
  readonly fill: (target: Redirect['target']) => void;
}

/** Everything the parser carries along. */
export interface Reader {
  readonly scanner: Scanner;
  readonly heredocs: PendingHeredoc[];
  readonly aliases: ((name: string) => string | undefined) | undefined;
  /** Where an alias's text ends that is being read, so that it does not expand itself. */
  expanding: { name: string; end: number }[];
  extglob: boolean;
}

export const createReader = (source: string, aliases?: Reader['aliases'], line = 1): Reader => ({
  scanner: new Scanner(source, line),
  heredocs: [],
  aliases,
  expanding: [],
  extglob: false,
});
