import type { Condition, Word } from './ast.ts';
import type { Reader } from './reader.ts';
import { SyntaxFailure } from './scanner.ts';
import { parseParts, parseWord } from './words.ts';

const UNARY = /-[a-zA-Z](?=[\s])/y;
const BINARY = /==|=~|!=|=|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef)(?=\s)/y;

/** The inside of `[[ … ]]`, closing brackets included. */
export function parseCondition(reader: Reader): Condition {
  const extglob = reader.extglob;
  reader.extglob = true;
  const result = either(reader);
  blanks(reader);
  reader.extglob = extglob;
  if (!reader.scanner.take(']]')) throw reader.scanner.ended ? reader.scanner.unexpectedEnd() : unexpectedIn(reader);
  return result;
}

function either(reader: Reader): Condition {
  let left = both(reader);
  while (blanks(reader).take('||')) left = { kind: 'or', left, right: both(reader) };
  return left;
}

function both(reader: Reader): Condition {
  let left = primary(reader);
  while (blanks(reader).take('&&')) left = { kind: 'and', left, right: primary(reader) };
  return left;
}

function primary(reader: Reader): Condition {
  const scanner = blanks(reader);
  if (scanner.char === '!' && /\s/.test(scanner.peek())) {
    scanner.at++;
    return { kind: 'not', operand: primary(reader) };
  }
  if (scanner.take('(')) {
    const inner = either(reader);
    if (!blanks(reader).take(')')) throw unexpectedIn(reader);
    return inner;
  }
  const unary = scanner.match(UNARY)?.[0];
  if (unary) {
    const start = scanner.at;
    scanner.at += unary.length;
    blanks(reader);
    const operand = scanner.looking(']]') || scanner.match(BINARY) ? undefined : parseWord(reader);
    if (operand) return { kind: 'unary', operator: unary, operand };
    scanner.at = start;
  }
  return comparison(reader);
}

function comparison(reader: Reader): Condition {
  const left = parseWord(reader);
  if (!left) throw unexpectedIn(reader);
  const scanner = blanks(reader);
  const operator = scanner.looking(']]') ? undefined : scanner.match(BINARY)?.[0];
  if (!operator) return { kind: 'unary', operator: '-n', operand: left };
  scanner.at += operator.length;
  blanks(reader);
  const right = operator === '=~' ? regexWord(reader) : parseWord(reader);
  if (!right) throw unexpectedIn(reader);
  return { kind: 'binary', operator, left, right };
}

/** Parentheses and bars belong to a regular expression. */
function regexWord(reader: Reader): Word {
  let depth = 0;
  const parts = parseParts(
    reader,
    (char) => {
      if (char === '(') depth++;
      if (char === ')') depth--;
      return (depth <= 0 && /\s/.test(char)) || depth < 0;
    },
    false,
  );
  return { parts };
}

function blanks(reader: Reader) {
  const { scanner } = reader;
  do scanner.skipBlanks();
  while (scanner.take('\n'));
  return scanner;
}

function unexpectedIn(reader: Reader): SyntaxFailure {
  const { scanner } = reader;
  if (scanner.ended) return scanner.unexpectedEnd();
  const token = scanner.match(/[^\s;&|()<>]+|[;&|()<>]+/y)?.[0] ?? scanner.char;
  return new SyntaxFailure(`syntax error near \`${token}'`, scanner.line, true);
}
