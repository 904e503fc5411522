import { UsageError } from '../errors.ts';

const isPair = (word: string): boolean => word.indexOf('=') > 0 || (word.endsWith('-') && word !== '-');

/** `pod web a=b c-`: resources first, then what is to change. */
export function splitPairs(args: readonly string[], what: string): { resources: readonly string[]; pairs: readonly string[] } {
  const first = args.findIndex(isPair);
  if (first < 0) return { resources: args, pairs: [] };
  const pairs = args.slice(first);
  const stray = pairs.find((word) => !isPair(word));
  if (stray !== undefined) throw new UsageError(`all resources must be specified before ${what} changes: ${stray}`);
  return { resources: args.slice(0, first), pairs };
}
