import { isPaste, isText, type Key, pastedText } from '../keys.ts';
import { executeLine } from './ex.ts';
import { searchFrom } from './search.ts';
import type { Position, Vi } from './state.ts';
import { type Dialogue, nextKey } from './typing.ts';

/** Reads a line after `:`; undefined when it was given up. */
function* readLine(vi: Vi, sign: string, initial: string): Dialogue<string | undefined> {
  let text = initial;
  const mine = vi.history.filter((entry) => entry.startsWith(sign));
  let recalled = mine.length;
  const mode = vi.mode;
  vi.mode = 'command';
  const finish = (result: string | undefined) => {
    vi.mode = mode;
    vi.commandLine = '';
    return result;
  };
  for (;;) {
    vi.commandLine = sign + text;
    const key: Key = yield* nextKey(vi);
    if (key === '<CR>') {
      if (text !== '') vi.history.push(sign + text);
      return finish(text);
    }
    if (key === '<Esc>' || key === '<C-c>') return finish(undefined);
    if (key === '<BS>' || key === '<C-h>') {
      if (text === '') return finish(undefined);
      text = [...text].slice(0, -1).join('');
    } else if (key === '<C-u>') text = '';
    else if (key === '<C-w>') text = text.replace(/(\S+|\s+)\s*$/, '');
    else if (key === '<Up>' || key === '<Down>') {
      recalled = Math.max(0, Math.min(mine.length, recalled + (key === '<Up>' ? -1 : 1)));
      text = mine[recalled]?.slice(1) ?? '';
    } else if (isPaste(key)) text += pastedText(key).replace(/\n/g, ' ');
    else if (key === '<Tab>') text += '\t';
    else if (isText(key)) text += key;
  }
}

export function* commandLineMode(vi: Vi, initial: string): Dialogue {
  vi.message = '';
  const line = yield* readLine(vi, ':', initial);
  if (line !== undefined) executeLine(vi, line);
}

export function* searchMode(vi: Vi, sign: '/' | '?', times: number): Dialogue<Position | undefined> {
  vi.message = '';
  const typed = yield* readLine(vi, sign, '');
  if (typed === undefined) return undefined;
  const end = new RegExp(`^((?:\\\\.|[^\\\\${sign === '/' ? '/' : '?'}])*)`).exec(typed)?.[1] ?? typed;
  const pattern = (end === '' ? vi.search?.pattern : end)?.replaceAll(`\\${sign}`, sign);
  if (pattern === undefined) {
    vi.message = 'E35: No previous regular expression';
    return undefined;
  }
  vi.search = { pattern, forward: sign === '/' };
  vi.highlight = true;
  return searchFrom(vi, pattern, sign === '/', times);
}
