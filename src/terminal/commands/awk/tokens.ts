import { AwkError } from './syntax.ts';

export interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'function' | 'operator' | 'newline';
  readonly text: string;
}

const OPERATORS = [
  '**=',
  '&&',
  '||',
  '==',
  '<=',
  '>=',
  '!=',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '**',
  '!~',
  '>>',
  ...'{}()[];,+-*/%^!<>|?:~$=',
];
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', '/': '/', a: '\x07', b: '\b', f: '\f', v: '\v' };

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const skipped = /^(?:[ \t\r]+|\\\r?\n|#[^\n]*)/.exec(rest);
    if (skipped) {
      at += skipped[0].length;
      continue;
    }
    const token = readToken(rest, tokens.at(-1));
    tokens.push(token.token);
    at += token.length;
  }
  return tokens;
}

function readToken(rest: string, last: Token | undefined): { token: Token; length: number } {
  const made = (kind: Token['kind'], text: string, length = text.length) => ({ token: { kind, text }, length });
  if (rest.startsWith('\n')) return made('newline', '\n');
  const number = /^(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(rest);
  if (number) return made('number', number[0]);
  const name = /^[A-Za-z_]\w*/.exec(rest);
  if (name) return made(rest.charAt(name[0].length) === '(' ? 'function' : 'name', name[0]);
  const string = /^"((?:[^"\\\n]|\\[\s\S])*)"/.exec(rest);
  if (string) return made('string', unescapeText(string[1] ?? ''), string[0].length);
  const operand = last && (['number', 'string', 'name', 'regex'].includes(last.kind) || [')', ']', '$', '++', '--'].includes(last.text));
  const regex = operand ? undefined : /^\/((?:[^/\\\n[]|\\.|\[\^?\]?(?:[^\]\\\n]|\\.)*\])*)\//.exec(rest);
  if (regex) return made('regex', (regex[1] ?? '').replaceAll('\\/', '/'), regex[0].length);
  const operator = OPERATORS.find((text) => rest.startsWith(text));
  if (operator) return made('operator', operator);
  throw new AwkError(`syntax error at or near ${rest.charAt(0)}`);
}

export const unescapeText = (text: string): string =>
  text.replace(/\\(?:([0-7]{1,3})|\n|([\s\S]))/g, (whole, octal: string | undefined, letter: string | undefined) =>
    octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8)) : letter === undefined ? '' : (ESCAPES[letter] ?? whole),
  );
