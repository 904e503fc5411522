import { expect, test } from 'vitest';
import { compareWithReal, runReal, runSimulated } from './both-worlds.ts';

compareWithReal();

const stdin =
  '{"items":[{"metadata":{"name":"web","labels":{"app":"web"}},"status":{"phase":"Running","n":3}},{"metadata":{"name":"db"},"status":{"phase":"Pending","n":1}}],"s":"aGk=","t":"a b,c"}';

const table: readonly (readonly string[])[] = [
  ['.'],
  ['.items[].metadata.name'],
  ['-r', '.items[].metadata.name'],
  ['-c', '.items[0]'],
  ['-c', '[.items[] | select(.status.phase == "Running") | .metadata.name]'],
  ['-c', '.items | map({name: .metadata.name, phase: .status.phase})'],
  ['.items | length'],
  ['-c', '.items[0] | keys'],
  ['-c', '.items[0].metadata | to_entries'],
  ['-c', '.items[0].metadata | with_entries(.key |= ascii_upcase)'],
  ['-r', '.s | @base64d'],
  ['-r', '.t | @base64'],
  ['-r', '.items[] | "\\(.metadata.name) is \\(.status.phase)"'],
  ['-r', '.items[] | [.metadata.name, .status.n] | @tsv'],
  ['-r', '.items[] | [.metadata.name, .status.n] | @csv'],
  ['reduce .items[] as $i (0; . + $i.status.n)'],
  ['-c', '.items | sort_by(.status.n) | map(.metadata.name)'],
  ['-c', '.items | group_by(.status.phase) | map(length)'],
  ['-c', '.items | max_by(.status.n).metadata'],
  ['.missing // "none"'],
  ['.items[5].x'],
  ['.s.x'],
  ['.items[] | .metadata.labels.app // empty'],
  ['-e', '.missing'],
  ['--arg', 'n', 'db', '-c', '.items[] | select(.metadata.name == $n)'],
  ['--argjson', 'n', '1', '-c', '.items[] | select(.status.n == $n) | .status'],
  ['-c', '.items[0].status.n = 9 | .items[0].status'],
  ['-c', '.items[0].status.n += 1 | .items[0].status'],
  ['-c', 'del(.items[0].metadata.labels) | .items[0]'],
  ['-c', '.items[0] | paths'],
  ['-c', '[.. | strings]'],
  ['-c', '.t | split(" ")'],
  ['-c', '[.t | scan("[a-z]")]'],
  ['.t | test("b,")'],
  ['-r', '.t | gsub("[ ,]"; "-")'],
  ['-c', '[limit(1; .items[].metadata.name)]'],
  ['if .items | length > 1 then "many" else "few" end'],
  ['-c', '[range(3)]'],
  ['-n', '1 + 2 * 3'],
  ['-n', '-c', '[1,2] + [3]'],
  ['-c', '.items[1:] | length'],
  ['-r', '.items[].metadata | .name + "!"'],
  ['try error("x") catch .'],
  ['.items[0] |'],
  ['-S', '-c', '.items[0]'],
  ['def f(x): x * 2; .items[0].status.n | f(.)'],
  ['-c', '.items[] as {metadata: {name: $n}} | $n'],
  ['-c', '[.items[].metadata.name] | join(",")'],
  ['any(.items[]; .status.phase == "Pending")'],
  ['-c', '.items | map(has("status"))'],
  ['-s', 'length'],
  ['-R', '.[0:5]'],
  ['-j', '.items[].metadata.name'],
];

test.each(table.map((args) => [args] as const))('jq %j', async (args) => {
  const given = { argv: ['jq', ...args], stdin };
  const [mine, real] = [await runSimulated(given), runReal(given)];
  expect({ stdout: mine.stdout, code: mine.code }).toEqual({ stdout: real.stdout, code: real.code });
});
