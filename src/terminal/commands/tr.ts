import { chunks } from './input.ts';
import { quote } from './quoting.ts';
import { defineUtility, Failure } from './utility.ts';

export const tr = defineUtility({
  names: ['tr'],
  options: 'c,C,complement d,delete s,squeeze-repeats t,truncate-set1',
  stopAtOperand: true,
  usage: 'tr [OPTION]... STRING1 [STRING2]',
  async run(u) {
    const [first, second] = u.operands;
    const [remove, squeeze, complement] = ['d', 's', 'c'].map((key) => u.options.has(key));
    if (first === undefined) throw new Failure('missing operand', { usage: true });
    if (second === undefined && !remove && !squeeze) {
      await u.process.error(
        `tr: missing operand after ${quote(first)}\nTwo strings must be given when translating.\nTry 'tr --help' for more information.\n`,
      );
      u.status = 1;
      return;
    }
    if (second !== undefined && remove && !squeeze) {
      await u.process.error(
        `tr: extra operand ${quote(second)}\nOnly one string may be given when deleting without squeezing repeats.\nTry 'tr --help' for more information.\n`,
      );
      u.status = 1;
      return;
    }
    const from = expandSet(first);
    const to = second === undefined ? [] : expandSet(second, from.length);
    const inFirst = (character: string) => from.includes(character) !== complement;
    const mapping = new Map(from.map((character, i) => [character, to[Math.min(i, to.length - 1)] ?? character]));
    const translate = (character: string) =>
      complement ? (inFirst(character) ? (to.at(-1) ?? character) : character) : (mapping.get(character) ?? character);
    const squeezable = (character: string) => squeeze && (second === undefined ? inFirst(character) : to.includes(character));
    const decoder = new TextDecoder();
    let last: string | undefined;
    for await (const chunk of chunks(u.process.stdin)) {
      let out = '';
      for (const character of decoder.decode(chunk, { stream: true })) {
        if (remove && inFirst(character)) continue;
        const result = remove || second === undefined ? character : translate(character);
        if (result === last && squeezable(result)) continue;
        last = result;
        out += result;
      }
      await u.print(out);
    }
  },
});

const range = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i));
const UPPER = range(65, 90);
const LOWER = range(97, 122);
const DIGITS = range(48, 57);
const PUNCTUATION = [...range(33, 47), ...range(58, 64), ...range(91, 96), ...range(123, 126)];
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  upper: UPPER,
  lower: LOWER,
  alpha: [...UPPER, ...LOWER],
  digit: DIGITS,
  alnum: [...DIGITS, ...UPPER, ...LOWER],
  space: range(9, 13).concat(' '),
  blank: ['\t', ' '],
  punct: PUNCTUATION,
  xdigit: [...DIGITS, ...range(65, 70), ...range(97, 102)],
  cntrl: [...range(0, 31), '\x7f'],
  print: range(32, 126),
  graph: range(33, 126),
};
const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const TOKEN = /\[:(\w+):\]|\[(.)\*(\d*)\]|(\\(?:[0-7]{1,3}|.)|[\s\S])(?:-(\\(?:[0-7]{1,3}|.)|[^\]]))?/gu;

function expandSet(text: string, length = 0): string[] {
  const out: string[] = [];
  for (const [, named, repeated, count, from = '', to] of text.matchAll(TOKEN)) {
    if (named !== undefined) {
      const members = CLASSES[named];
      if (!members) throw new Failure(`invalid character class ${quote(named)}`);
      out.push(...members);
    } else if (repeated !== undefined) out.push(...Array.from({ length: count ? Number(count) : Math.max(0, length - out.length) }, () => repeated));
    else if (to === undefined) out.push(literal(from));
    else {
      const [low, high] = [literal(from), literal(to)];
      if (high < low) throw new Failure(`range-endpoints of '${from}-${to}' are in reverse collating sequence order`);
      out.push(...range(low.charCodeAt(0), high.charCodeAt(0)));
    }
  }
  return out;
}

function literal(text: string): string {
  if (!text.startsWith('\\') || text.length === 1) return text;
  const rest = text.slice(1);
  return /^[0-7]+$/.test(rest) ? String.fromCharCode(Number.parseInt(rest, 8) & 255) : (ESCAPES[rest] ?? rest);
}
