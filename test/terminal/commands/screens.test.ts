import { expect, it } from 'vitest';
import { bash, sh } from '../../../src/terminal/shell/index.ts';
import { createWorld, runSimulated } from './both-worlds.ts';
import { onScreen } from './on-screen.ts';

const NUMBERS = Array.from({ length: 30 }, (_, i) => `line ${i + 1}\n`).join('');

function withShell() {
  const world = createWorld();
  for (const [name, program] of [
    ['sh', sh],
    ['bash', bash],
  ] as const)
    world.machine.files.install(`/usr/bin/${name}`, program);
  return world;
}

it('pages through a text', async () => {
  const session = onScreen(['less', 'a.txt'], { 'a.txt': NUMBERS });
  expect((await session.lines()).slice(-2)).toEqual(['line 9', 'a.txt']);
  await session.type(' ');
  expect(await session.lines()).toEqual([...Array.from({ length: 9 }, (_, i) => `line ${i + 10}`), ':']);
  await session.type('/line 2\r');
  expect((await session.lines())[0]).toBe('line 20');
  await session.type('n');
  expect((await session.lines())[0]).toBe('line 21');
  await session.type('N', 'G');
  expect((await session.lines()).slice(-2)).toEqual(['line 30', '(END)']);
  await session.type('g', '/zzz\r');
  expect((await session.lines()).at(-1)).toBe('Pattern not found  (press RETURN)');
  await session.resize(40, 6);
  expect((await session.lines()).slice(0, 5)).toEqual(['line 1', 'line 2', 'line 3', 'line 4', 'line 5']);
  await session.type('q');
  expect(await session.ended()).toBe(0);
});

it('lets a text through without a terminal', async () => {
  expect(await runSimulated({ argv: ['less'], stdin: 'a\nb\n' })).toEqual({ stdout: 'a\nb\n', stderr: '', code: 0 });
  expect(await runSimulated({ argv: ['less', 'nope'] })).toEqual({ stdout: '', stderr: 'nope: No such file or directory\n', code: 1 });
});

it('watches a command', async () => {
  const world = withShell();
  const session = onScreen(['watch', '-n', '1', 'cat', 'a'], { a: 'one\n' }, world);
  session.screen.resize(60, 5);
  await session.resize(60, 5);
  await session.clock.advance(100);
  expect(await session.lines()).toEqual(['Every 1.0s: cat a              box: Fri Nov 20 12:00:00 2026', '', 'one', '', '']);
  session.machine.files.write('/root/work/a', 'two\n');
  await session.clock.advance(1000);
  expect((await session.lines()).slice(0, 3)).toEqual(['Every 1.0s: cat a              box: Fri Nov 20 12:00:01 2026', '', 'two']);
  await session.type('\x03');
  expect(await session.ended()).toBe(0);
});

it('stops watching when the output changes or the command fails', async () => {
  const changing = onScreen(['watch', '-g', 'date +%s'], {}, withShell());
  await changing.clock.advance(2500);
  expect(await changing.ended()).toBe(0);
  expect(await onScreen(['watch', '-e', 'false'], {}, withShell()).ended()).toBe(8);
});

it('needs a terminal to watch', async () => {
  expect(await runSimulated({ argv: ['watch', 'date'] })).toEqual({ stdout: '', stderr: 'watch: Error opening terminal: unknown.\n', code: 1 });
});
