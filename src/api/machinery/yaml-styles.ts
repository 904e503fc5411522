import type { YamlText } from './yaml-print.ts';
import { isBase60, resolvePlain } from './yaml-scalars.ts';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal';

const WIDTH = 80;

/** What go-yaml v2 printed unescaped: no control characters, no tabs, nothing beyond the basic plane. */
const UNPRINTABLE = /[^\n -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

export function chooseStyle(text: string, asKey: boolean): ScalarStyle {
  const facts = analyze(text);
  if (text.includes('\n')) return facts.special || facts.trailingSpace || asKey ? 'double' : 'literal';
  const { kind } = resolvePlain(text);
  if ((kind !== 'string' && kind !== 'merge') || isBase60(text)) return 'double';
  if (facts.special) return 'double';
  return facts.outerSpace || facts.indicator ? 'single' : 'plain';
}

/** `special` covers spaces before a line's end too: no block can carry them. */
function analyze(text: string): { special: boolean; trailingSpace: boolean; outerSpace: boolean; indicator: boolean } {
  return {
    special: UNPRINTABLE.test(text) || / \n/.test(text),
    trailingSpace: text.endsWith(' '),
    outerSpace: /^[ \n]|[ \n]$/.test(text),
    indicator:
      /^(---|\.\.\.)/.test(text) ||
      /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
      /^[-?:]([ \t]|$)/.test(text) ||
      /:([ \t]|$)/.test(text) ||
      /[ \t\n]#/.test(text),
  };
}

export function writePlain(out: YamlText, text: string, indent: number): void {
  fold(out, text, indent, (c) => c, false);
}

export function writeSingleQuoted(out: YamlText, text: string, indent: number, mayFold: boolean): void {
  out.add("'");
  const quoted = (c: string) => (c === "'" ? "''" : c);
  if (mayFold) fold(out, text, indent, quoted, true);
  else out.add([...text].map(quoted).join(''));
  out.add("'");
}

/** Breaks lines at single spaces past the width, never at the edges of quoted text. */
function fold(out: YamlText, text: string, indent: number, write: (c: string) => string, quoted: boolean): void {
  const characters = [...text];
  let afterSpace = false;
  characters.forEach((c, i) => {
    const inside = !quoted || (i > 0 && i < characters.length - 1);
    if (c === ' ' && !afterSpace && out.column > WIDTH && inside && characters[i + 1] !== ' ') out.add(`\n${' '.repeat(indent)}`);
    else out.add(write(c));
    afterSpace = c === ' ';
  });
}

export function writeDoubleQuoted(out: YamlText, text: string, indent: number, mayFold: boolean): void {
  const characters = [...text];
  let afterSpace = false;
  out.add('"');
  characters.forEach((c, i) => {
    if (c === ' ' && mayFold && !afterSpace && out.column > WIDTH && i > 0 && i < characters.length - 1) {
      out.add(`\n${' '.repeat(indent)}${characters[i + 1] === ' ' ? '\\' : ''}`);
    } else {
      out.add(escaped(c));
    }
    afterSpace = c === ' ';
  });
  out.add('"');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\u00a0',
  '\u2028': '\\L',
  '\u2029': '\\P',
  '\ufeff': '\\uFEFF',
};

function escaped(c: string): string {
  const known = ESCAPES[c];
  if (known !== undefined) return known;
  if (!UNPRINTABLE.test(c)) return c;
  const code = (c.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}

/** `|`, an indentation hint where the text begins with a space or line break, and how the last line ends. */
export function writeLiteral(out: YamlText, text: string, indent: number): void {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const ending = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const margin = ' '.repeat(indent);
  const lines = text.split('\n').map((line) => (line === '' ? '' : margin + line));
  out.add(`|${hint}${ending}\n${lines.join('\n')}`);
}
