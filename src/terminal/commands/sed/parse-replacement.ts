import type { ReplacementPart } from './script.ts';

/** The text up to an unescaped delimiter (in a pattern not one within brackets), and where the text after it begins. */
export function splitDelimited(text: string, start: number, delimiter: string, pattern: boolean): { body: string; end: number } | undefined {
  let body = '';
  let bracket = false;
  for (let i = start; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\\' && !bracket) {
      const following = text.charAt(++i);
      body +=
        following === delimiter && !(pattern && '+?|(){}'.includes(delimiter)) && delimiter !== '&'
          ? pattern && '.*[]^$'.includes(delimiter)
            ? `\\${delimiter}`
            : delimiter
          : `\\${following}`;
      continue;
    }
    if (character === delimiter && !bracket) return { body, end: i + 1 };
    if (pattern && character === '[' && !bracket && closes(text, i)) {
      bracket = true;
      body += character;
      const head = /^\^?\]?/.exec(text.slice(i + 1))?.[0] ?? '';
      body += head;
      i += head.length;
      continue;
    }
    if (bracket && character === '[' && /^\[[:.=]/.test(text.slice(i))) {
      const named = /^\[([:.=]).*?\1\]/.exec(text.slice(i))?.[0];
      if (named) {
        body += named;
        i += named.length - 1;
        continue;
      }
    }
    if (bracket && character === ']') bracket = false;
    if (bracket && character === '\\' && /[nt\]]/.test(text.charAt(i + 1)) && text.charAt(i + 1) !== ']') {
      body += text.charAt(++i) === 'n' ? '\n' : '\t';
      continue;
    }
    body += character;
  }
  return undefined;
}

const closes = (text: string, at: number): boolean => /^\[\^?\]?[^\]]*\]/.test(text.slice(at));

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };

export function parseReplacement(text: string): ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  let literal = '';
  const flush = () => {
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    literal = '';
  };
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '&') {
      flush();
      parts.push({ kind: 'group', index: 0 });
    } else if (character === '\\') {
      const following = text.charAt(++i);
      if (/\d/.test(following)) {
        flush();
        parts.push({ kind: 'group', index: Number(following) });
      } else if ('ULulE'.includes(following) && following !== '') {
        flush();
        parts.push({ kind: 'case', mode: following });
      } else literal += SIMPLE[following] ?? following;
    } else literal += character;
  }
  flush();
  return parts;
}

/** Builds the replacement of one match. */
export function expandReplacement(parts: readonly ReplacementPart[], groups: readonly (string | undefined)[]): string {
  let out = '';
  let lasting = 'E';
  let once = '';
  for (const part of parts) {
    if (part.kind === 'case') {
      if ('ul'.includes(part.mode)) once = part.mode;
      else lasting = part.mode;
      continue;
    }
    let text = part.kind === 'text' ? part.text : (groups[part.index] ?? '');
    if (text === '') continue;
    if (lasting === 'U') text = text.toUpperCase();
    if (lasting === 'L') text = text.toLowerCase();
    if (once) text = (once === 'u' ? text.charAt(0).toUpperCase() : text.charAt(0).toLowerCase()) + text.slice(1);
    once = '';
    out += text;
  }
  return out;
}
