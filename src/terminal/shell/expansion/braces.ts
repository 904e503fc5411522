import type { Word, WordPart } from '../syntax/ast.ts';

const MAX_WORDS = 100_000;

/** `a{b,c}d` → `abd acd`; `{1..3}` → `1 2 3`. */
export function expandBraces(word: Word): Word[] {
  if (!word.parts.some((p) => p.kind === 'text' && p.text.includes('{'))) return [word];
  return expandTokens(word.parts.flatMap(tokens)).map((list) => ({ parts: join(list) }));
}

type Token = string | WordPart;

const tokens = (part: WordPart): Token[] => (part.kind === 'text' ? [...part.text] : [part]);

function join(list: readonly Token[]): WordPart[] {
  const parts: WordPart[] = [];
  for (const token of list) {
    const last = parts.at(-1);
    if (typeof token !== 'string') parts.push(token);
    else if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + token };
    else parts.push({ kind: 'text', text: token });
  }
  return parts;
}

function expandTokens(list: readonly Token[]): Token[][] {
  for (let open = list.indexOf('{'); open >= 0; open = list.indexOf('{', open + 1)) {
    const group = groupAt(list, open);
    if (!group) continue;
    const before = list.slice(0, open);
    const after = expandTokens(list.slice(group.end + 1));
    const result = group.options.flatMap((option) => after.map((rest) => [...before, ...option, ...rest]));
    return result.slice(0, MAX_WORDS);
  }
  return [[...list]];
}

function groupAt(list: readonly Token[], open: number): { options: Token[][]; end: number } | undefined {
  const pieces: Token[][] = [[]];
  let depth = 0;
  for (let i = open; i < list.length; i++) {
    const token = list[i] ?? '';
    if (token === '{') depth++;
    if (token === '}' && --depth === 0) {
      const [only = []] = pieces;
      if (pieces.length > 1) return { options: pieces.flatMap(expandTokens), end: i };
      const sequence = only.every((t) => typeof t === 'string') ? sequenceOf(only.join('')) : undefined;
      return sequence && { options: sequence.map((s) => [...s]), end: i };
    }
    if (token === ',' && depth === 1) pieces.push([]);
    else if (i > open) pieces.at(-1)?.push(token);
  }
  return undefined;
}

function sequenceOf(text: string): string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  if (numbers) {
    const [, a = '', b = '', by] = numbers;
    const padded = /^-?0\d/.test(a) || /^-?0\d/.test(b);
    const width = padded ? Math.max(a.length, b.length) : 0;
    return range(Number(a), Number(b), Number(by ?? 1)).map((n) =>
      n < 0 ? `-${String(-n).padStart(width - 1, '0')}` : String(n).padStart(width, '0'),
    );
  }
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  if (!letters) return undefined;
  const [, a = '', b = '', by] = letters;
  return range(a.charCodeAt(0), b.charCodeAt(0), Number(by ?? 1)).map((n) => String.fromCharCode(n));
}

function range(from: number, to: number, by: number): number[] {
  const step = Math.abs(by) || 1;
  const length = Math.min(MAX_WORDS, Math.floor(Math.abs(to - from) / step) + 1);
  return Array.from({ length }, (_, i) => from + i * step * (from <= to ? 1 : -1));
}
