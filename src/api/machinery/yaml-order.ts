const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

/** go-yaml's order of keys: letters after everything else, runs of digits by their value (`a9` before `a10`). */
export function compareYamlKeys(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const [x, y] = [left[i] ?? '', right[i] ?? ''];
    if (x !== y) return compareAt(left, right, i, x, y);
  }
  return left.length - right.length;
}

function compareAt(left: readonly string[], right: readonly string[], i: number, x: string, y: string): number {
  const [xLetter, yLetter] = [LETTER.test(x), LETTER.test(y)];
  if (xLetter && yLetter) return codePoint(x) - codePoint(y);
  if (xLetter || yLetter) return yLetter ? -1 : 1;
  const prefix = x === '0' || y === '0' ? significantBefore(left, i) : '';
  const [xRun, yRun] = [digitsFrom(left, i), digitsFrom(right, i)];
  const difference = BigInt(`${prefix}${xRun}` || '0') - BigInt(`${prefix}${yRun}` || '0');
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  return xRun.length - yRun.length || codePoint(x) - codePoint(y);
}

const codePoint = (c: string): number => c.codePointAt(0) ?? 0;

/** `1` where a digit other than zero stands in the same run before `i`: then a zero there is not a leading one. */
function significantBefore(text: readonly string[], i: number): string {
  for (let j = i - 1; j >= 0 && DIGIT.test(text[j] ?? ''); j--) if (text[j] !== '0') return '1';
  return '';
}

function digitsFrom(text: readonly string[], start: number): string {
  let end = start;
  while (end < text.length && /[0-9]/.test(text[end] ?? '')) end++;
  return text.slice(start, end).join('');
}

/** Whole numbers as they are, others as strconv's shortest 'g': an exponent below 1e-4 and from 1e6 on. */
export function formatYamlNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return BigInt(value).toString();
  return formatGoFloat(value, 6);
}

/** strconv.FormatFloat(value, 'g', -1, 64), where an exponent is written from 10^threshold on (21 for fmt's %v). */
export function formatGoFloat(value: number, threshold: number): string {
  if (value === 0) return '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < threshold) return withoutExponent(value, exponent);
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const withoutExponent = (value: number, exponent: number): string =>
  exponent < 0
    ? value
        .toFixed(20)
        .replace(/0+$/, '')
        .slice(0, String(value).includes('e') ? undefined : String(value).length)
    : String(value);
