import type { Source } from '../../machine/index.ts';
import type { GrepSettings } from './grep-options.ts';
import { chomp, lineBatches } from './input.ts';
import type { Invocation } from './utility.ts';

const paint = (code: string, text: string): string => `\x1b[${code}m\x1b[K${text}\x1b[m\x1b[K`;

interface Numbered {
  readonly text: string;
  readonly number: number;
  readonly offset: number;
}

/** Searches one input and prints as it goes; returns how many lines were selected. */
export async function searchInput(u: Invocation, settings: GrepSettings, source: Source, label: string | undefined): Promise<number> {
  const { options } = u;
  const silent = options.has('q') || options.has('l') || options.has('L') || options.has('c');
  const printer = createPrinter(u, settings, label);
  let selected = 0;
  let number = 0;
  let offset = 0;
  if (settings.limit === 0) return 0;
  for await (const batch of lineBatches(source, settings.terminator)) {
    let out = '';
    for (const raw of batch) {
      const line: Numbered = { text: chomp(raw, settings.terminator), number: ++number, offset };
      offset += Buffer.byteLength(raw);
      if (isBinary(u, line.text)) return reportBinary(u, settings, label, line, out, selected);
      const hit = selected < settings.limit && matches(settings.pattern, line.text) !== settings.invert;
      if (hit) selected++;
      if (!silent) out += hit ? printer.hit(line) : printer.miss(line);
      if (hit && (options.has('q') || options.has('l') || options.has('L'))) return selected;
      if (selected >= settings.limit && !hit && !printer.pending()) break;
      if (selected >= settings.limit && settings.after === 0) break;
    }
    await u.print(out);
    if (selected >= settings.limit && !printer.pending()) break;
  }
  return selected;
}

const isBinary = ({ options }: Invocation, text: string): boolean =>
  !options.has('a') && !options.has('z') && options.value('binary-files') !== 'text' && text.includes('\0');

async function reportBinary(
  u: Invocation,
  settings: GrepSettings,
  label: string | undefined,
  line: Numbered,
  out: string,
  selected: number,
): Promise<number> {
  await u.print(out);
  if (u.options.has('I') || !matches(settings.pattern, line.text)) return selected;
  if (!u.options.has('q') && !u.options.has('l') && !u.options.has('c')) await u.print(`grep: ${label ?? '(standard input)'}: binary file matches\n`);
  return selected + 1;
}

function matches(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

interface Printer {
  hit(line: Numbered): string;
  miss(line: Numbered): string;
  /** Trailing context is still to come. */
  pending(): boolean;
}

function createPrinter(u: Invocation, settings: GrepSettings, label: string | undefined): Printer {
  const { options } = u;
  const { color, before, after, terminator } = settings;
  const separator = options.has('no-group-separator') ? undefined : (options.value('group-separator') ?? '--');
  const held: Numbered[] = [];
  let lastPrinted = 0;
  let trailing = 0;
  const mark = (sign: string) => (color ? paint('36', sign) : sign);
  const prefix = (line: Numbered, sign: string, offset = line.offset) => {
    let text = '';
    if (label !== undefined) text += (color ? paint('35', label) : label) + (options.has('Z') ? '\0' : mark(sign));
    if (options.has('n')) text += (color ? paint('32', String(line.number)) : String(line.number)) + mark(sign);
    if (options.has('b')) text += (color ? paint('32', String(offset)) : String(offset)) + mark(sign);
    return options.has('T') && text !== '' ? `${text.slice(0, -1)}\t${text.slice(-1)}` : text;
  };
  const row = (line: Numbered, sign: string) => {
    const painted = color && (sign === ':') !== settings.invert ? highlight(settings.pattern, line.text) : line.text;
    lastPrinted = line.number;
    return prefix(line, sign) + painted + terminator;
  };
  const parts = (line: Numbered) => {
    if (settings.invert) return '';
    let out = '';
    settings.pattern.lastIndex = 0;
    for (const match of line.text.matchAll(settings.pattern)) {
      if (match[0] === '') continue;
      const offset = line.offset + Buffer.byteLength(line.text.slice(0, match.index));
      out += prefix(line, ':', offset) + (color ? paint('01;31', match[0]) : match[0]) + terminator;
    }
    return out;
  };
  return {
    pending: () => trailing > 0,
    hit(line) {
      const context = held.splice(0).slice(before > 0 ? -before : held.length);
      const first = context[0]?.number ?? line.number;
      const gap = separator !== undefined && (before > 0 || after > 0) && lastPrinted > 0 && first > lastPrinted + 1;
      let out = gap ? `${color ? paint('36', separator) : separator}\n` : '';
      if (options.has('o')) {
        lastPrinted = line.number;
        return out + parts(line);
      }
      for (const earlier of context) out += row(earlier, '-');
      trailing = after;
      return out + row(line, ':');
    },
    miss(line) {
      if (trailing > 0) {
        trailing--;
        return options.has('o') ? '' : row(line, '-');
      }
      if (before > 0) held.push(line);
      if (held.length > before) held.shift();
      return '';
    },
  };
}

const highlight = (pattern: RegExp, text: string): string => text.replace(pattern, (match: string) => (match === '' ? '' : paint('01;31', match)));
