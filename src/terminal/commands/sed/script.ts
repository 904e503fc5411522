export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'pattern'; readonly pattern: RegExp | undefined }
  | { readonly kind: 'plus'; readonly count: number }
  | { readonly kind: 'multiple'; readonly count: number };

export interface Substitution {
  /** Undefined: the last one used. */
  readonly pattern: RegExp | undefined;
  readonly replacement: readonly ReplacementPart[];
  readonly global: boolean;
  readonly occurrence: number;
  readonly print: boolean;
  readonly evaluate: boolean;
  readonly file: string | undefined;
}

export type ReplacementPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly index: number }
  | { readonly kind: 'case'; readonly mode: string };

export interface SedCommand {
  readonly addresses: readonly Address[];
  readonly negated: boolean;
  readonly name: string;
  /** Text of a, i, c; label of b, t, T, :; file of r, R, w, W; exit code of q, Q; width of l. */
  readonly argument: string;
  readonly substitution?: Substitution;
  readonly translation?: ReadonlyMap<string, string>;
  readonly block?: readonly SedCommand[];
  readonly id: number;
}

/** A mistake in the script; worded as sed: `-e expression #1, char 5: unterminated `s' command`. */
export class SedError extends Error {
  override readonly name = 'SedError';
}
