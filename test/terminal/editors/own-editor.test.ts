import { expect, it } from 'vitest';
import type { OwnEditor } from '../../../src/terminal/editors/own-editor.ts';
import { createWorld, runSimulated } from '../commands/both-worlds.ts';
import { onScreen } from '../commands/on-screen.ts';

function edit(argv: readonly string[], editor: OwnEditor, files: Readonly<Record<string, string>> = {}) {
  const world = createWorld();
  world.machine.files.mkdir('/root/work/folder');
  world.machine.facilities.set('editor', editor);
  return onScreen(argv, files, world);
}

it('hands the text to the user’s own editor and writes back what was saved', async () => {
  const seen: string[] = [];
  const session = edit(
    ['vim', 'a.yaml'],
    async (text, name) => {
      seen.push(name, text);
      return { text: `${text}kind: Pod\n`, code: 0 };
    },
    { 'a.yaml': 'apiVersion: v1\n' },
  );
  expect(await session.ended()).toBe(0);
  expect(seen).toEqual(['/root/work/a.yaml', 'apiVersion: v1\n']);
  expect(session.machine.files.readText('/root/work/a.yaml')).toBe('apiVersion: v1\nkind: Pod\n');
});

it('leaves the file alone when nothing was saved', async () => {
  const session = edit(['vi', 'new.txt'], async () => ({ text: null, code: 3 }));
  expect(await session.ended()).toBe(3);
  expect(session.machine.files.exists('/root/work/new.txt')).toBe(false);
});

it('reports a file that cannot be written', async () => {
  const session = edit(['nano', 'no/where.txt'], async () => ({ text: 'x', code: 0 }));
  expect(await session.ended()).toBe(1);
  expect((await session.lines())[0]).toBe(`"no/where.txt" E212: Can't open file for wr`.slice(0, 40));
});

it('gives up without a terminal', async () => {
  expect(await runSimulated({ argv: ['vi', 'a'] })).toEqual({
    stdout: '',
    stderr:
      'Vim: Warning: Output is not to a terminal\nVim: Warning: Input is not from a terminal\n' +
      'Vim: Error reading input, exiting...\nVim: preserving files...\nVim: Finished.\n',
    code: 1,
  });
});

it('takes its keys from a pipe', async () => {
  expect((await runSimulated({ argv: ['vi', 'a'], stdin: 'ihello\x1b:wq\r' })).code).toBe(0);
});
