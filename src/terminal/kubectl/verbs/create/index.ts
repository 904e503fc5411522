import type { Verb } from '../../define-verb.ts';

/** The generators: one line each. */
export const createVerbs: readonly Verb[] = [];
