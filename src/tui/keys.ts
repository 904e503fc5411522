/** Keys that the screens know by name; everything else is text. */
export type KeyName =
  | 'F1'
  | 'F2'
  | 'F3'
  | 'F4'
  | 'F5'
  | 'F6'
  | 'F7'
  | 'F8'
  | 'F9'
  | 'F10'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'enter'
  | 'escape'
  | 'backspace'
  | 'tab'
  | 'pageUp'
  | 'pageDown'
  | 'shiftPageUp'
  | 'shiftPageDown'
  | 'home'
  | 'end'
  | 'leader'
  | 'interrupt';

export type Key =
  | { readonly name: KeyName; readonly raw: string }
  | { readonly name: 'text'; readonly raw: string }
  | { readonly name: 'paste'; readonly raw: string };

const SEQUENCES: Readonly<Record<string, KeyName>> = {
  '\u001bOP': 'F1',
  '\u001bOQ': 'F2',
  '\u001bOR': 'F3',
  '\u001bOS': 'F4',
  '\u001b[11~': 'F1',
  '\u001b[12~': 'F2',
  '\u001b[13~': 'F3',
  '\u001b[14~': 'F4',
  '\u001b[[A': 'F1',
  '\u001b[[B': 'F2',
  '\u001b[[C': 'F3',
  '\u001b[[D': 'F4',
  '\u001b[15~': 'F5',
  '\u001b[17~': 'F6',
  '\u001b[18~': 'F7',
  '\u001b[19~': 'F8',
  '\u001b[20~': 'F9',
  '\u001b[21~': 'F10',
  '\u001b[A': 'up',
  '\u001b[B': 'down',
  '\u001b[C': 'right',
  '\u001b[D': 'left',
  '\u001bOA': 'up',
  '\u001bOB': 'down',
  '\u001bOC': 'right',
  '\u001bOD': 'left',
  '\u001b[5~': 'pageUp',
  '\u001b[6~': 'pageDown',
  '\u001b[5;2~': 'shiftPageUp',
  '\u001b[6;2~': 'shiftPageDown',
  '\u001b[H': 'home',
  '\u001b[F': 'end',
  '\u001b[1~': 'home',
  '\u001b[4~': 'end',
  '\r': 'enter',
  '\n': 'enter',
  '\u001b': 'escape',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\t': 'tab',
  '\u001c': 'leader',
  '\u0003': 'interrupt',
};

const PASTE = { start: '\u001b[200~', end: '\u001b[201~' };
/** CSI and SS3 sequences, ESC with one character, or one character. */
const TOKEN = /^(?:\u001b\[\[[A-E]|\u001b\[[0-9;?<]*[ -/]*[@-~]|\u001bO[A-Za-z]|\u001b[^[O\u001b]|[\s\S])/u;

/** Takes a chunk of a terminal's input apart. Runs of ordinary characters stay together. */
export function parseKeys(chunk: string): Key[] {
  const keys: Key[] = [];
  let rest = chunk;
  while (rest) {
    if (rest.startsWith(PASTE.start)) {
      const end = rest.indexOf(PASTE.end);
      const length = end < 0 ? rest.length : end + PASTE.end.length;
      keys.push({ name: 'paste', raw: rest.slice(PASTE.start.length, end < 0 ? undefined : end) });
      rest = rest.slice(length);
      continue;
    }
    const token = TOKEN.exec(rest)?.[0] ?? rest.charAt(0);
    rest = rest.slice(token.length);
    const name = SEQUENCES[token];
    const last = keys.at(-1);
    if (name) keys.push({ name, raw: token });
    else if (last?.name === 'text') keys[keys.length - 1] = { name: 'text', raw: last.raw + token };
    else keys.push({ name: 'text', raw: token });
  }
  return keys;
}

export const bracketed = (text: string): string => PASTE.start + text + PASTE.end;
