import type { Builtin } from './builtin.ts';

/** What the shell does itself; filled by index.ts, because builtins and the interpreter need one another. */
export const builtins = new Map<string, Builtin>();
