import { expandReplacement, parseReplacement } from '../../commands/sed/parse-replacement.ts';
import { compilePattern } from './search.ts';
import { lineAt, moveTo, type Vi } from './state.ts';
import { firstNonBlank, replaceLines } from './text.ts';

/** `:s/pattern/replacement/flags` over rows; without arguments, the last one again. */
export function substitute(vi: Vi, rows: readonly [number, number], text: string): void {
  const parsed = parse(vi, text);
  if (!parsed) {
    vi.message = 'E35: No previous regular expression';
    return;
  }
  const { pattern, replacement, flags } = parsed;
  const regex = compilePattern(vi, pattern, flags);
  if (!regex) return;
  vi.lastSubstitution = parsed;
  vi.search = { pattern, forward: true };
  const parts = parseReplacement(replacement.replace(/\\r/g, '\n'));
  let count = 0;
  let touched = 0;
  let last = -1;
  const lines = vi.lines.slice(rows[0], rows[1] + 1).flatMap((line) => {
    regex.lastIndex = 0;
    const matches = [...line.matchAll(regex)].slice(0, flags.includes('g') ? undefined : 1);
    if (matches.length === 0) return [line];
    count += matches.length;
    touched++;
    let out = '';
    let at = 0;
    for (const match of matches) {
      out += line.slice(at, match.index) + expandReplacement(parts, match);
      at = match.index + match[0].length;
    }
    return (out + line.slice(at)).split('\n');
  });
  if (count === 0) {
    if (!flags.includes('e')) vi.message = `E486: Pattern not found: ${pattern}`;
    return;
  }
  if (flags.includes('n')) {
    vi.message = `${count} match${count > 1 ? 'es' : ''} on ${touched} line${touched > 1 ? 's' : ''}`;
    return;
  }
  lines.forEach((line, i) => {
    if (line !== lineAt(vi, rows[0] + i)) last = rows[0] + i;
  });
  replaceLines(vi, rows[0], rows[1] - rows[0] + 1, lines);
  moveTo(vi, { row: last, col: firstNonBlank(lineAt(vi, last)) });
  if (count > 2) vi.message = `${count} substitutions on ${touched} line${touched > 1 ? 's' : ''}`;
}

function parse(vi: Vi, text: string): Vi['lastSubstitution'] {
  const delimiter = text.charAt(0);
  if (delimiter === '' || /[\w\s|"]/.test(delimiter)) return vi.lastSubstitution && { ...vi.lastSubstitution, flags: text.replace(/\d/g, '').trim() };
  const fields: string[] = [''];
  let index = 1;
  for (; index < text.length && fields.length <= 3; index++) {
    const character = text.charAt(index);
    if (character === '\\' && text.charAt(index + 1) === delimiter) {
      fields[fields.length - 1] += delimiter;
      index++;
    } else if (character === '\\' && fields.length < 3) {
      fields[fields.length - 1] += character + text.charAt(++index);
    } else if (character === delimiter && fields.length < 3) fields.push('');
    else fields[fields.length - 1] += character;
  }
  const [pattern = '', replacement = '', flags = ''] = fields;
  const effective = pattern === '' ? vi.search?.pattern : pattern;
  return effective === undefined ? undefined : { pattern: effective, replacement, flags };
}
