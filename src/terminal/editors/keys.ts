/**
 * A key as typed: a character as itself, others by name (`<Esc>`, `<CR>`, `<C-r>`, `<Up>`); a bracketed paste is one key
 * that begins with PASTE and holds the text.
 */
export type Key = string;

export const PASTE = '\0paste:';
export const isPaste = (key: Key): boolean => key.startsWith(PASTE);
export const pastedText = (key: Key): string => key.slice(PASTE.length);
/** A key that stands for one character of text. */
export const isText = (key: Key): boolean => [...key].length === 1;

const SEQUENCES: Readonly<Record<string, Key>> = {
  '[A': '<Up>',
  '[B': '<Down>',
  '[C': '<Right>',
  '[D': '<Left>',
  OA: '<Up>',
  OB: '<Down>',
  OC: '<Right>',
  OD: '<Left>',
  '[H': '<Home>',
  '[F': '<End>',
  OH: '<Home>',
  OF: '<End>',
  '[1~': '<Home>',
  '[4~': '<End>',
  '[2~': '<Insert>',
  '[3~': '<Del>',
  '[5~': '<PageUp>',
  '[6~': '<PageDown>',
  '[1;5C': '<C-Right>',
  '[1;5D': '<C-Left>',
};

const CONTROL: Readonly<Record<string, Key>> = { '\r': '<CR>', '\n': '<CR>', '\t': '<Tab>', '\x7f': '<BS>', '\b': '<BS>', '\x1b': '<Esc>' };

/** Turns what a terminal sends into keys; a paste may span several calls. */
export function createKeyReader(): (text: string) => Key[] {
  let paste: string | undefined;
  const readPaste = (text: string): { rest: string; keys: Key[] } => {
    const whole = (paste ?? '') + text;
    const end = whole.indexOf('\x1b[201~');
    if (end < 0) {
      paste = whole;
      return { rest: '', keys: [] };
    }
    paste = undefined;
    return { rest: whole.slice(end + 6), keys: [PASTE + whole.slice(0, end).replace(/\r\n?/g, '\n')] };
  };
  return (text) => {
    const keys: Key[] = [];
    let rest = text;
    while (rest !== '') {
      if (paste !== undefined) {
        const read = readPaste(rest);
        keys.push(...read.keys);
        rest = read.rest;
        continue;
      }
      if (rest.startsWith('\x1b[200~')) {
        paste = '';
        rest = rest.slice(6);
        continue;
      }
      const { key, length } = firstKey(rest);
      if (key !== undefined) keys.push(key);
      rest = rest.slice(length);
    }
    return keys;
  };
}

function firstKey(text: string): { key: Key | undefined; length: number } {
  const sequence = /^\x1b(\[[\d;]*[A-Za-z~]|O[A-Z])/u.exec(text);
  if (sequence) return { key: SEQUENCES[sequence[1] ?? ''], length: sequence[0].length };
  const character = String.fromCodePoint(text.codePointAt(0) ?? 0);
  const named = CONTROL[character];
  if (named) return { key: named, length: 1 };
  const code = character.charCodeAt(0);
  if (code < 32) return { key: `<C-${String.fromCharCode(code + 64).toLowerCase()}>`, length: 1 };
  return { key: character, length: character.length };
}
