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

/** Takes a terminal's input apart, chunk by chunk; a paste may be spread over several. Runs of ordinary characters stay together. */
export class KeyParser {
  #pasting: string | undefined;

  parse(chunk: string): Key[] {
    const keys: Key[] = [];
    let rest = chunk;
    while (rest) {
      if (this.#pasting !== undefined) rest = this.#paste(rest, keys);
      else if (rest.startsWith(PASTE.start)) {
        this.#pasting = '';
        rest = rest.slice(PASTE.start.length);
      } else {
        const token = TOKEN.exec(rest)?.[0] ?? rest.charAt(0);
        rest = rest.slice(token.length);
        take(token, keys);
      }
    }
    return keys;
  }

  #paste(rest: string, keys: Key[]): string {
    const whole = (this.#pasting ?? '') + rest;
    const end = whole.indexOf(PASTE.end);
    if (end < 0) {
      this.#pasting = whole;
      return '';
    }
    keys.push({ name: 'paste', raw: whole.slice(0, end) });
    this.#pasting = undefined;
    return whole.slice(end + PASTE.end.length);
  }
}

function take(token: string, keys: Key[]): void {
  const name = SEQUENCES[token];
  const last = keys.at(-1);
  if (name) keys.push({ name, raw: token });
  else if (last?.name === 'text') keys[keys.length - 1] = { name: 'text', raw: last.raw + token };
  else keys.push({ name: 'text', raw: token });
}

export const bracketed = (text: string): string => PASTE.start + text + PASTE.end;
