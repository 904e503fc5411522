/** Why Go's encoding/json would not read a text into a map; undefined when it would. */
export function jsonObjectError(text: string): string | undefined {
  const trimmed = text.trimStart();
  if (trimmed === '') return 'unexpected end of JSON input';
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
    return `json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value} into Go value of type map[string]interface {}`;
  } catch {
    return syntaxError(trimmed);
  }
}

function syntaxError(text: string): string {
  const first = text.charAt(0);
  if (!'{["-0123456789tfn'.includes(first)) return `invalid character ${quoted(first)} looking for beginning of value`;
  const afterBrace = /^\{\s*([^\s"}])/.exec(text)?.[1];
  if (afterBrace !== undefined) return `invalid character ${quoted(afterBrace)} looking for beginning of object key string`;
  const afterKey = /^\{\s*"(?:[^"\\]|\\.)*"\s*([^\s:])/.exec(text)?.[1];
  if (afterKey !== undefined) return `invalid character ${quoted(afterKey)} after object key`;
  return 'unexpected end of JSON input';
}

const quoted = (character: string): string => (character === "'" ? `'\\''` : `'${character}'`);
