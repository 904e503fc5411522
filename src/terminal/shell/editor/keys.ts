/** A key as the editor knows it: its name, or the text it types. */
export type Key = { readonly name: string } | { readonly text: string } | { readonly paste: string };

const CONTROL: Readonly<Record<string, string>> = {
  '\x01': 'home',
  '\x02': 'left',
  '\x03': 'interrupt',
  '\x04': 'eof',
  '\x05': 'end',
  '\x06': 'right',
  '\x07': 'abort',
  '\b': 'backspace',
  '\t': 'tab',
  '\n': 'enter',
  '\x0b': 'kill-line',
  '\x0c': 'clear',
  '\r': 'enter',
  '\x0e': 'down',
  '\x10': 'up',
  '\x12': 'search',
  '\x14': 'transpose',
  '\x15': 'kill-start',
  '\x17': 'kill-word-back',
  '\x19': 'yank',
  '\x1f': 'undo',
  '\x7f': 'backspace',
};

const SEQUENCES: readonly [RegExp, string][] = [
  [/^\x1b(?:\[|O)A/, 'up'],
  [/^\x1b(?:\[|O)B/, 'down'],
  [/^\x1b(?:\[|O)C/, 'right'],
  [/^\x1b(?:\[|O)D/, 'left'],
  [/^\x1b(?:\[H|OH|\[1~|\[7~)/, 'home'],
  [/^\x1b(?:\[F|OF|\[4~|\[8~)/, 'end'],
  [/^\x1b\[3~/, 'delete'],
  [/^\x1b\[5~/, 'up'],
  [/^\x1b\[6~/, 'down'],
  [/^\x1b(?:\[1;[35]C|f)/, 'word-right'],
  [/^\x1b(?:\[1;[35]D|b)/, 'word-left'],
  [/^\x1b(?:\x7f|\b)/, 'kill-word-back'],
  [/^\x1bd/, 'kill-word'],
  [/^\x1b[._]/, 'last-argument'],
  [/^\x1bu/, 'upper'],
  [/^\x1bl/, 'lower'],
  [/^\x1b</, 'first-history'],
  [/^\x1b>/, 'last-history'],
  [/^\x1b#/, 'comment'],
  [/^\x1b\[[0-9;?]*[ -/]*[@-~]/, 'unknown'],
  [/^\x1bO?./s, 'unknown'],
];

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** The next key of the input and what is left; undefined when the input ends inside a key. */
export function nextKey(input: string): { key: Key; rest: string } | undefined {
  if (input.startsWith(PASTE_START)) {
    const end = input.indexOf(PASTE_END);
    if (end < 0) return undefined;
    return { key: { paste: input.slice(PASTE_START.length, end).replace(/\r\n?/g, '\n') }, rest: input.slice(end + PASTE_END.length) };
  }
  if (input.startsWith('\x1b')) {
    for (const [pattern, name] of SEQUENCES) {
      const found = pattern.exec(input)?.[0];
      if (found) return { key: { name }, rest: input.slice(found.length) };
    }
    return undefined;
  }
  const [char = ''] = input;
  const name = CONTROL[char];
  if (name) return { key: { name }, rest: input.slice(char.length) };
  if (char < ' ') return { key: { name: 'unknown' }, rest: input.slice(1) };
  const text = /^[^\x00-\x1f\x7f]+/.exec(input)?.[0] ?? char;
  return { key: { text }, rest: input.slice(text.length) };
}
