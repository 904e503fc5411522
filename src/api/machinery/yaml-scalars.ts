/** How go-yaml v2 (YAML 1.1) reads a plain scalar; the printer asks the same question to know what it must quote. */
export type PlainValue = { readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'timestamp' | 'merge'; readonly value: unknown };

const WORDS: ReadonlyMap<string, PlainValue> = new Map([
  ...spell(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'], { kind: 'boolean', value: true }),
  ...spell(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'], { kind: 'boolean', value: false }),
  ...spell(['', '~', 'null', 'Null', 'NULL'], { kind: 'null', value: null }),
  ...spell(['.nan', '.NaN', '.NAN'], { kind: 'number', value: Number.NaN }),
  ...spell(['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'], { kind: 'number', value: Number.POSITIVE_INFINITY }),
  ...spell(['-.inf', '-.Inf', '-.INF'], { kind: 'number', value: Number.NEGATIVE_INFINITY }),
  ...spell(['<<'], { kind: 'merge', value: '<<' }),
]);

function spell(words: readonly string[], value: PlainValue): [string, PlainValue][] {
  return words.map((word) => [word, value]);
}

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const DATE = /^\d{4}-\d{1,2}-\d{1,2}$/;
const DATE_TIME = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)$/;

export function resolvePlain(text: string): PlainValue {
  const word = WORDS.get(text);
  if (word) return word;
  if (!/^[-+.0-9]/.test(text)) return { kind: 'string', value: text };
  if (DATE.test(text) || DATE_TIME.test(text)) return { kind: 'timestamp', value: text };
  const number = text.startsWith('.') ? dotFloat(text) : plainNumber(text.replaceAll('_', ''));
  return number === undefined ? { kind: 'string', value: text } : { kind: 'number', value: number };
}

const dotFloat = (text: string): number | undefined => (FLOAT.test(text.replaceAll('_', '')) ? Number(text.replaceAll('_', '')) : undefined);

function plainNumber(text: string): number | undefined {
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const whole = wholeNumber(digits);
  if (whole !== undefined) return sign === '-' ? -whole : whole;
  return FLOAT.test(text) ? Number(text) : undefined;
}

/** As strconv.ParseInt with base 0: 0x, 0o, 0b and the old leading zero for octal. */
function wholeNumber(digits: string): number | undefined {
  if (/^(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/.test(digits)) return Number(digits);
  return /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** Sexagesimal numbers of YAML 1.1: go-yaml reads them as text, but quotes them for others' sake. */
export const isBase60 = (text: string): boolean => /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text);
