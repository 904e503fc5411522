import { createHash } from 'node:crypto';
import { toGoJson } from '../../../../api/machinery/json.ts';

const consonants: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** The suffix of --append-hash: ten letters of a hash over what the object holds. */
export function contentHash(content: Readonly<Record<string, unknown>>): string {
  const hex = createHash('sha256').update(toGoJson(content)).digest('hex').slice(0, 10);
  return [...hex].map((letter) => consonants[letter] ?? letter).join('');
}
