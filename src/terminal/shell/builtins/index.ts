import { declareBuiltins } from './declare.ts';
import { directoryBuiltins } from './directories.ts';
import { flowBuiltins } from './flow.ts';
import { jobBuiltins } from './jobs.ts';
import { lookupBuiltins } from './lookup.ts';
import { outputBuiltins } from './output.ts';
import { readBuiltins } from './read-line.ts';
import { builtins } from './registry.ts';
import { settingBuiltins } from './settings.ts';
import { sundryBuiltins } from './sundries.ts';
import { testBuiltins } from './test.ts';
import { trapBuiltins } from './trap.ts';

/** Called once, when all modules are there. */
export function registerBuiltins(): void {
  if (builtins.size > 0) return;
  const groups = [flowBuiltins, outputBuiltins, testBuiltins, readBuiltins, declareBuiltins, directoryBuiltins, jobBuiltins];
  for (const group of [...groups, settingBuiltins, lookupBuiltins, trapBuiltins, sundryBuiltins]) {
    for (const [name, builtin] of Object.entries(group)) builtins.set(name, builtin);
  }
  if (readBuiltins.mapfile) builtins.set('readarray', readBuiltins.mapfile);
}
