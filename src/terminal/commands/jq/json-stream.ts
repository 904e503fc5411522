import type { Json } from './syntax.ts';

/** Reads JSON texts one after another, as jq takes them; what follows a mistake is not read. */
export function readJsonStream(text: string): { values: Json[]; error?: string } {
  const values: Json[] = [];
  const whole = tryParse(text);
  if (whole !== undefined) return { values: [whole] };
  let at = /^\s*/.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    const end = endOfValue(text, at);
    const value = end > at ? tryParse(text.slice(at, end)) : undefined;
    if (value === undefined) {
      const line = text.slice(0, at).split('\n').length;
      const unfinished = end < 0;
      return {
        values,
        error: unfinished
          ? `Unfinished JSON term at EOF at line ${text.split('\n').length}, column 0`
          : `Invalid literal at line ${line}, column ${at + 1}`,
      };
    }
    values.push(value);
    at = end + (/^\s*/.exec(text.slice(end, end + 4096))?.[0].length ?? 0);
  }
  return { values };
}

function tryParse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Where the value that begins here ends; -1 when it does not. */
function endOfValue(text: string, start: number): number {
  const first = text.charAt(start);
  if (!'{["'.includes(first)) return start + (/^[^\s{}[\]",]+/.exec(text.slice(start, start + 1000))?.[0].length ?? 0);
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const character = text.charAt(i);
    if (quoted) {
      if (character === '\\') i++;
      else if (character === '"') {
        quoted = false;
        if (depth === 0) return i + 1;
      }
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return i + 1;
  }
  return -1;
}
