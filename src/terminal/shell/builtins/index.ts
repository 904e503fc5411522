import type { Builtin } from './builtin.ts';
import { declareBuiltins } from './declare.ts';
import { directoryBuiltins } from './directories.ts';
import { flowBuiltins } from './flow.ts';
import { jobBuiltins } from './jobs.ts';
import { lookupBuiltins } from './lookup.ts';
import { outputBuiltins } from './output.ts';
import { readBuiltins } from './read-line.ts';
import { settingBuiltins } from './settings.ts';
import { sundryBuiltins } from './sundries.ts';
import { testBuiltins } from './test.ts';
import { trapBuiltins } from './trap.ts';

/** What the shell does itself. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  [
    flowBuiltins,
    outputBuiltins,
    testBuiltins,
    readBuiltins,
    declareBuiltins,
    directoryBuiltins,
    jobBuiltins,
    settingBuiltins,
    lookupBuiltins,
    trapBuiltins,
    sundryBuiltins,
  ]
    .flatMap((group): [string, Builtin | undefined][] => Object.entries(group))
    .concat([['readarray', readBuiltins.mapfile]])
    .filter((entry): entry is [string, Builtin] => entry[1] !== undefined),
);
