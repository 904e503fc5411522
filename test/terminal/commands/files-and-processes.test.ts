import { expect, it } from 'vitest';
import { compareWithReal, runReal, runSimulated, words } from './both-worlds.ts';

compareWithReal();

const FILES = { 'd/a.txt': 'alpha\n', 'd/b.log': 'beta\n', one: 'a\nb\nc\n', two: 'a\nB\nc\nd\n' };

it.each<[string, string?]>([
  ['find d -name *.txt'],
  ['find d -type f -name b.log -exec cat {} ;'],
  ['find nope'],
  ['find d -exec nosuchcommand ;'],
  ['find d -maxdepth 0'],
  ['find d -foo'],
  ['xargs -n1 echo', 'a b c\n'],
  ['xargs -I{} echo <{}>', 'a\nb\n'],
  ['xargs echo hi', ''],
  ['xargs false', 'x\n'],
  ['xargs nosuchcommand', 'x\n'],
  ['diff one two'],
  ['diff -q one two'],
  ['diff one one'],
  ['diff one nope'],
  ['timeout 0.05 sleep 5'],
  ['timeout 5 false'],
  ['timeout x true'],
  ['timeout 1'],
  ['timeout 1 nosuchcommand'],
])('%s', async (line, stdin) => {
  const given = { argv: words(line), files: FILES, stdin };
  expect(await runSimulated(given)).toEqual(runReal(given));
});
