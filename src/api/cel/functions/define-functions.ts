import { accepts, parseSignature, type Signature } from '../signature.ts';
import type { CelValue } from '../values.ts';

export interface Overload extends Signature {
  readonly run: (...args: never[]) => CelValue;
}

/** Functions by signature: `string->startsWith(string): bool`. The body gets values of exactly these types. */
export type FunctionTable = Readonly<Record<string, (...args: never[]) => CelValue>>;

export const defineFunctions = (table: FunctionTable): Overload[] =>
  Object.entries(table).map(([signature, run]) => ({ ...parseSignature(signature), run }));

/** The overload that takes these values. */
export const overloadFor = (overloads: readonly Overload[], args: readonly CelValue[]): Overload | undefined =>
  overloads.find((overload) => overload.args.length === args.length && overload.args.every((type, i) => accepts(type, args[i] ?? null)));
