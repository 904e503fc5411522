import { unread } from '../../../machine/index.ts';
import type { Shell } from '../shell.ts';
import { commonPrefix, completionsFor, escapeWord } from './complete.ts';
import { type Key, nextKey } from './keys.ts';
import { EDITS, insert, type Line, lineOf, replace, textOf } from './line.ts';
import { columnsOf, LineScreen } from './screen.ts';

export type Entered = { readonly text: string } | 'interrupted' | 'eof';

const MOST_LISTED = 400;

/** One line from the terminal, with readline's keys. */
export class LineEditor {
  readonly #shell: Shell;
  readonly #prompt: string;
  readonly #screen: LineScreen;
  readonly #past: string[];
  #at: number;
  #line: Line = lineOf('');
  #undo: Line[] = [];
  #search: { query: string; index: number } | undefined;
  #tabs = 0;

  constructor(shell: Shell, prompt: string) {
    this.#shell = shell;
    this.#prompt = prompt;
    this.#past = [...shell.history, ''];
    this.#at = this.#past.length - 1;
    this.#screen = new LineScreen(
      () => shell.process.tty?.size.columns ?? 80,
      (text) => shell.process.stderr.write(text),
    );
  }

  async read(): Promise<Entered> {
    const { process } = this.#shell;
    const { tty } = process;
    if (tty) tty.raw = true;
    await process.stderr.write('\x1b[?2004h');
    const stop = tty?.onResize(() => void this.#draw());
    try {
      return await this.#keys();
    } finally {
      stop?.();
      await process.stderr.write('\x1b[?2004l');
      if (tty) tty.raw = false;
    }
  }

  async #keys(): Promise<Entered> {
    const { stdin } = this.#shell.process;
    const decoder = new TextDecoder();
    let waiting = '';
    await this.#draw();
    for (;;) {
      const chunk = await stdin.read();
      if (!chunk) return 'eof';
      waiting += decoder.decode(chunk, { stream: true });
      for (let next = nextKey(waiting); next && waiting !== ''; next = nextKey(waiting)) {
        waiting = next.rest;
        const entered = await this.#press(next.key);
        if (entered) {
          unread(stdin, new TextEncoder().encode(waiting));
          return entered;
        }
        if (waiting === '') break;
      }
      await this.#draw();
    }
  }

  async #press(key: Key): Promise<Entered | undefined> {
    if (this.#search) return this.#searchKey(key);
    if (!('name' in key) || key.name !== 'tab') this.#tabs = 0;
    if ('paste' in key) this.#change(insert(this.#line, key.paste));
    else if ('text' in key) this.#change(insert(this.#line, key.text));
    else return this.#named(key.name);
    return undefined;
  }

  async #named(name: string): Promise<Entered | undefined> {
    const edit = EDITS[name];
    if (edit) this.#change(edit(this.#line));
    else if (name === 'enter') return this.#finish({ text: textOf(this.#line) });
    else if (name === 'interrupt') return this.#finish('interrupted');
    else if (name === 'eof') {
      if (this.#line.chars.length === 0) return 'eof';
      this.#change(EDITS.delete?.(this.#line) ?? this.#line);
    } else if (name === 'up') this.#go(this.#at - 1);
    else if (name === 'down') this.#go(this.#at + 1);
    else if (name === 'first-history') this.#go(0);
    else if (name === 'last-history') this.#go(this.#past.length - 1);
    else if (name === 'search') this.#search = { query: '', index: this.#past.length - 1 };
    else if (name === 'clear') await this.#clear();
    else if (name === 'tab') await this.#complete();
    else if (name === 'undo') this.#line = this.#undo.pop() ?? this.#line;
    else if (name === 'last-argument') this.#change(insert(this.#line, this.#shell.history.at(-1)?.trim().split(/\s+/).at(-1) ?? ''));
    else if (name === 'comment') return this.#finish({ text: `#${textOf(this.#line)}` });
    return undefined;
  }

  #change(line: Line): void {
    if (textOf(line) !== textOf(this.#line)) this.#undo.push(this.#line);
    this.#line = line;
  }

  #go(to: number): void {
    if (to < 0 || to >= this.#past.length) return;
    this.#past[this.#at] = textOf(this.#line);
    this.#at = to;
    this.#line = lineOf(this.#past[to] ?? '', this.#line.killed);
  }

  async #finish(entered: Entered): Promise<Entered> {
    this.#line = { ...this.#line, cursor: this.#line.chars.length };
    await this.#draw();
    await this.#shell.process.stderr.write(entered === 'interrupted' ? '^C\r\n' : '\r\n');
    return entered;
  }

  async #clear(): Promise<void> {
    await this.#shell.process.stderr.write('\x1b[H\x1b[2J');
    this.#screen.reset();
  }

  async #draw(): Promise<void> {
    const { chars, cursor } = this.#line;
    const prompt = this.#search ? `(reverse-i-search)\`${this.#search.query}': ` : this.#prompt;
    await this.#screen.draw(prompt, chars.slice(0, cursor).join(''), chars.slice(cursor).join(''));
  }

  async #searchKey(key: Key): Promise<Entered | undefined> {
    const search = this.#search;
    if (!search) return undefined;
    if ('text' in key) this.#find(search.query + key.text, search.index);
    else if ('name' in key && key.name === 'search') this.#find(search.query, search.index - 1);
    else if ('name' in key && key.name === 'backspace') this.#find([...search.query].slice(0, -1).join(''), this.#past.length - 1);
    else {
      this.#search = undefined;
      if ('name' in key && key.name === 'abort') this.#line = lineOf('', this.#line.killed);
      else return this.#press(key);
    }
    return undefined;
  }

  #find(query: string, from: number): void {
    for (let i = from; i >= 0; i--) {
      const text = this.#past[i] ?? '';
      const place = query === '' ? -1 : text.lastIndexOf(query);
      if (place < 0) continue;
      this.#search = { query, index: i };
      this.#at = i;
      this.#line = { ...lineOf(text, this.#line.killed), cursor: [...text.slice(0, place)].length };
      return;
    }
    this.#search = { query, index: from };
  }

  async #complete(): Promise<void> {
    this.#tabs++;
    const before = this.#line.chars.slice(0, this.#line.cursor).join('');
    const { start, candidates, paths } = await completionsFor(this.#shell, before);
    if (candidates.length === 0) return;
    const from = [...before.slice(0, start)].length;
    const typed = before.slice(start);
    const [only = ''] = candidates;
    const common = candidates.length === 1 ? only : commonPrefix(candidates);
    const shown = typed.startsWith('~') || typed.startsWith('$') ? common : escapeWord(common);
    const ending = candidates.length === 1 && !/[/=]$/.test(only) ? ' ' : '';
    const progress = shown + ending !== typed && common.length >= unescaped(typed).length;
    if (progress) this.#change(replace(this.#line, from, this.#line.cursor, shown + ending));
    if (candidates.length > 1 && this.#tabs > 1) await this.#list(candidates, paths);
  }

  async #list(candidates: readonly string[], paths: boolean): Promise<void> {
    const { process } = this.#shell;
    await this.#draw();
    const names = paths ? candidates.map((c) => c.replace(/.*\/(?=[^/]+\/?$)/, '')) : candidates;
    const more = names.length > MOST_LISTED ? `… ${names.length - MOST_LISTED} more\r\n` : '';
    await process.stderr.write(`\r\n${columnsOf(names.slice(0, MOST_LISTED), process.tty?.size.columns ?? 80)}${more}`);
    this.#screen.reset();
  }
}

const unescaped = (word: string): string => word.replace(/\\(.)/g, '$1').replace(/["']/g, '');
