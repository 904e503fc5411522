import type { LineCounter, YAMLError } from 'yaml';

/** A problem in go-yaml's words. The scanner's line is the problem's own, the parser's is one less: so go-yaml counts. */
interface Problem {
  readonly message: string;
  readonly from: 'scanner' | 'parser';
  readonly line: number;
}

/** `line 4: did not find expected key`, from what the `yaml` package found. */
export function explainYamlError(error: YAMLError, all: readonly YAMLError[], lines: LineCounter, text: string): string {
  const { message, from, line } = diagnose(error, all, lines, text);
  const zeroBased = line - 1;
  if (zeroBased <= 0) return message;
  return `line ${from === 'scanner' ? line : zeroBased}: ${message}`;
}

function diagnose(error: YAMLError, all: readonly YAMLError[], lines: LineCounter, text: string): Problem {
  const line = lines.linePos(error.pos[0]).line;
  const scanner = (message: string, at = line): Problem => ({ message, from: 'scanner', line: at });
  const parser = (message: string, at = line): Problem => ({ message, from: 'parser', line: at });
  switch (error.code) {
    case 'TAB_AS_INDENT':
    case 'BAD_SCALAR_START':
      return scanner('found character that cannot start any token');
    case 'BAD_DQ_ESCAPE':
      return scanner('found unknown escape character');
    case 'BLOCK_AS_IMPLICIT_KEY': {
      if (error.message.includes('sequence')) return parser('did not find expected key');
      const overLines = all.some((e) => e.code === 'MULTILINE_IMPLICIT_KEY');
      return scanner('mapping values are not allowed in this context', overLines ? line + 1 : line);
    }
    case 'MULTILINE_IMPLICIT_KEY':
      return scanner("could not find expected ':'", line + 1);
    case 'MISSING_CHAR':
      return missing(error, line, text, scanner, parser);
    case 'BAD_INDENT':
      if (error.message.startsWith('Flow map')) return parser("did not find expected ',' or '}'");
      if (error.message.startsWith('Flow seq')) return parser("did not find expected ',' or ']'");
      return parser('did not find expected key');
    case 'UNEXPECTED_TOKEN':
      if (error.message.includes('block-seq-ind')) return scanner('block sequence entries are not allowed in this context');
      return parser('did not find expected key');
    default:
      return parser('did not find expected key');
  }
}

type Make = (message: string, line?: number) => Problem;

function missing(error: YAMLError, line: number, text: string, scanner: Make, parser: Make): Problem {
  if (error.message.startsWith('Missing closing')) return scanner('found unexpected end of stream', text.split('\n').length);
  if (error.message.startsWith('Implicit map keys')) return scanner("could not find expected ':'", line + 1);
  if (error.message.startsWith('Flow map')) return parser("did not find expected ',' or '}'");
  if (error.message.startsWith('Flow seq')) return parser("did not find expected ',' or ']'");
  if (error.message.startsWith('Sequence item'))
    return parser(sequenceIsIndented(text, line) ? "did not find expected '-' indicator" : 'did not find expected key');
  return parser('did not find expected key');
}

/** A list whose dashes stand under their key's first letter belongs to the mapping, so the mapping complains. */
function sequenceIsIndented(text: string, line: number): boolean {
  const before = text
    .split('\n')
    .slice(0, line - 1)
    .reverse();
  const dash = before.findIndex((l) => /^ *- /.test(l));
  const column = /^ */.exec(before[dash] ?? '')?.[0].length ?? 0;
  const key = before.slice(dash + 1).find((l) => /^ *[^-\s].*:\s*$/.test(l) && (/^ */.exec(l)?.[0].length ?? 0) <= column);
  return key !== undefined && (/^ */.exec(key)?.[0].length ?? 0) < column;
}
