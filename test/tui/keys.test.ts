import { expect, test } from 'vitest';
import { KeyParser } from '../../src/tui/keys.ts';

test.each([
  ['ls -l', [['text', 'ls -l']]],
  [
    'ls\r',
    [
      ['text', 'ls'],
      ['enter', '\r'],
    ],
  ],
  [
    '\u001bOP\u001b[21~',
    [
      ['F1', '\u001bOP'],
      ['F10', '\u001b[21~'],
    ],
  ],
  ['\u001b[5;2~', [['shiftPageUp', '\u001b[5;2~']]],
  ['\u001b', [['escape', '\u001b']]],
  ['\u001bb', [['text', '\u001bb']]],
  [
    '\u001b[200~a\nb\u001b[201~x',
    [
      ['paste', 'a\nb'],
      ['text', 'x'],
    ],
  ],
  [
    '\u001cn',
    [
      ['leader', '\u001c'],
      ['text', 'n'],
    ],
  ],
  ['한글', [['text', '한글']]],
])('%j', (chunk, want) => expect(new KeyParser().parse(chunk).map(({ name, raw }) => [name, raw])).toEqual(want));

test('a paste that comes in pieces is one paste', () => {
  const parser = new KeyParser();
  const keys = ['\u001b[200~', 'kind: Pod\r', '  a: b', '\u001b[201~x'].flatMap((chunk) => parser.parse(chunk));
  expect(keys).toEqual([
    { name: 'paste', raw: 'kind: Pod\r  a: b' },
    { name: 'text', raw: 'x' },
  ]);
});
