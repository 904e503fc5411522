import { expect, it } from 'vitest';
import { runBash } from './run-bash.ts';

const ended = { code: -1 };

it.each<[string, string, { code: number; stderr?: string }]>([
  ['an endless loop gives time to others', 'while :; do :; done', ended],
  ['an endless writer too', 'yes > /dev/null', ended],
  ['an endless pipe too', 'yes | cat > /dev/null', ended],
  ['an endless wait too', 'until false; do x=$((x+1)); done', ended],
  ['recursion has a bottom', 'f() { f; }; f', { code: 1, stderr: 'bash: line 1: f: maximum function nesting level exceeded (1000)\n' }],
])('%s', async (_, script, want) => {
  expect(await runBash(script, { limit: 200 })).toMatchObject(want);
});
