import { expect, it } from 'vitest';
import { compareWithReal, runReal, runSimulated, words } from './both-worlds.ts';

compareWithReal();

const LONG = `${'a'.repeat(40)}b\n`;

it.each([
  "grep -E '^(a+)+$' f",
  "grep -E '^(a|a)*$' f",
  "grep -iE '^([A-C]+)+X$' f",
  "grep -cE '([[:alpha:]]+)*b$' f",
  "sed -E 's/^(a*)*$/x/' f",
  "sed -E 's/^(a+)+b$/<\\1>/' f",
  "grep -E 'a*a*a*a*a*a*c' f",
  "grep -oiE '([a-z]+[.])+[a-z]+' g",
])('%s ends, and as the real one', async (line) => {
  const given = { argv: words(line), files: { f: LONG, g: 'see Www.Example.org now\n' } };
  expect(await runSimulated(given)).toEqual(runReal(given));
});
