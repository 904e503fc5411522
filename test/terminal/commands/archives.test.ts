import { expect, it } from 'vitest';
import { compareWithReal, createWorld, type Given, runReal, runSimulated } from './both-worlds.ts';

compareWithReal();

const FILES = { 'd/a.txt': 'alpha\n', 'd/e/b.txt': 'beta\n' };
const sorted = (text: string) => text.split('\n').sort().join('\n');

it.each<[string, readonly string[]]>([
  ['plain', ['cf', 'x.tar']],
  ['zipped', ['czf', 'x.tgz']],
  ['with dashes', ['-c', '-v', '-f', 'x.tar']],
])('packs and unpacks: %s', async (_, [letters = '', ...rest]) => {
  const world = createWorld();
  const name = rest.at(-1) ?? '';
  expect((await runSimulated({ argv: ['tar', letters, ...rest, 'd'], files: FILES }, world)).code).toBe(0);
  const list = await runSimulated({ argv: ['tar', 'tf', name] }, world);
  expect(sorted(list.stdout)).toBe(sorted('d/\nd/a.txt\nd/e/\nd/e/b.txt\n'));
  world.machine.files.mkdir('/root/work/out');
  expect(await runSimulated({ argv: ['tar', '-xf', name, '-C', 'out'] }, world)).toEqual({ stdout: '', stderr: '', code: 0 });
  expect(world.machine.files.readText('/root/work/out/d/e/b.txt')).toBe('beta\n');
});

it.each<[string, readonly string[], Given['files']?]>([
  ['nothing to do', ['tar']],
  ['nothing to pack', ['tar', 'cf', 'x.tar']],
  ['no such member file', ['tar', 'cf', 'x.tar', 'nope']],
  ['no such archive', ['tar', 'xf', 'nope.tar']],
  ['no archive at all', ['tar', 'tf', 'a'], { a: 'plain text\n' }],
  ['no such folder', ['tar', 'xf', 'a', '-C', 'nope'], { a: 'plain text\n' }],
  ['absolute names', ['tar', 'cf', 'x.tar', '/etc/hostname']],
  ['not zipped', ['gunzip', 'a'], { a: 'x' }],
  ['not a zip', ['gunzip', 'a.gz'], { 'a.gz': 'x' }],
  ['not there', ['gzip', 'nope']],
  ['a folder', ['gzip', 'd'], { 'd/x': '' }],
  ['already zipped', ['gzip', 'a.gz'], { 'a.gz': '' }],
])('complains as the real one: %s', async (_, argv, files = {}) => {
  const real = runReal({ argv, files });
  expect(await runSimulated({ argv, files })).toEqual(real);
});

it('zips in place and back', async () => {
  const world = createWorld();
  await runSimulated({ argv: ['gzip', 'a'], files: { a: 'hello\n' } }, world);
  expect(world.machine.files.exists('/root/work/a')).toBe(false);
  expect(await runSimulated({ argv: ['zcat', 'a.gz'] }, world)).toEqual({ stdout: 'hello\n', stderr: '', code: 0 });
  await runSimulated({ argv: ['gunzip', 'a.gz'] }, world);
  expect(world.machine.files.readText('/root/work/a')).toBe('hello\n');
});
