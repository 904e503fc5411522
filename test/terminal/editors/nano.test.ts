import { expect, it } from 'vitest';
import { onScreen } from '../commands/on-screen.ts';

const FILE = 'name: web\nimage: nginx\nport: 80\n';

it.each<[string, string[], string, string]>([
  ['types and writes', ['# top', '\r', '\x0f', '\r', '\x18'], FILE, `# top\n${FILE}`],
  ['saves on exit', ['x', '\x18', 'y', '\r'], FILE, `x${FILE}`],
  ['forgets on exit', ['x', '\x18', 'n'], FILE, FILE],
  ['cuts and pastes lines', ['\x0b', '\x0b', '\x1b[B', '\x15', '\x13', '\x18'], FILE, 'port: 80\nname: web\nimage: nginx\n'],
  ['goes to what it finds', ['\x17nginx\r', 'my-', '\x13', '\x18'], FILE, FILE.replace('nginx', 'my-nginx')],
  ['replaces all', ['\x1c', 'e', '\r', 'E', '\r', 'a', '\x13', '\x18'], FILE, FILE.replaceAll('e', 'E')],
  ['takes a line number', ['\x1f', '3', '\r', '\x05', '80', '\x13', '\x18'], FILE, FILE.replace('80', '8080')],
  ['undoes', ['abc', '\x1bu', '\x1bu', '\x13', '\x18'], FILE, `a${FILE}`],
  ['keeps a pasted block', ['\x1b[200~a:\n  - b\n\x1b[201~', '\x13', '\x18'], FILE, `a:\n  - b\n${FILE}`],
  ['joins lines', ['\x1b[B', '\x7f', '\x13', '\x18'], FILE, 'name: webimage: nginx\nport: 80\n'],
  ['cuts what is marked', ['\x1ba', '\x1b[C\x1b[C\x1b[C\x1b[C', '\x0b', '\x13', '\x18'], FILE, `: web\nimage: nginx\nport: 80\n`],
])('%s', async (_, keys, given, want) => {
  const session = onScreen(['nano', 'a.yaml'], { 'a.yaml': given });
  await session.type(...keys);
  expect(await session.ended()).toBe(0);
  expect(session.machine.files.readText('/root/work/a.yaml')).toBe(want);
});

it('fills the screen', async () => {
  const session = onScreen(['nano', 'a.yaml'], { 'a.yaml': FILE });
  await session.type('x');
  expect(await session.lines()).toEqual([
    '  GNU nano 7.2   a.yaml        Modified',
    'xname: web',
    'image: nginx',
    'port: 80',
    '',
    '',
    '',
    '',
    '^G Help      ^O Write Out ^W Where Is',
    '^X Exit      ^R Read File ^\\ Replace',
  ]);
  await session.type('\x18');
  expect((await session.lines()).slice(7)).toEqual(['Save modified buffer?', ' Y Yes              ^C Cancel', ' N No']);
  await session.resize(30, 6);
  expect((await session.lines())[0]).toBe('  GNU nano 7.2 a.yaml Modified');
});
