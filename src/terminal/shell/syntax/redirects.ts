import type { Redirect, Word } from './ast.ts';
import { emptyWord } from './ast.ts';
import { createReader, type Reader } from './reader.ts';
import { parseParts, parseWord } from './words.ts';

const OPERATOR = /(?:(\d+)|\{([A-Za-z_]\w*)\})?(<<<|<<-|<<|<>|<&|>>|>&|>\||&>>|&>|<|>)/y;

/** One redirection, if one stands here. */
export function parseRedirect(reader: Reader): Redirect | undefined {
  const { scanner } = reader;
  const found = scanner.match(OPERATOR);
  if (!found) return undefined;
  const [all, fd, variable, sign = ''] = found;
  if ((sign === '<' || sign === '>') && scanner.source[scanner.at + all.length] === '(') return undefined;
  if (sign.startsWith('&') && (fd ?? variable)) return undefined;
  scanner.at += all.length;
  scanner.skipBlanks();
  const which = { ...(fd ? { fd: Number(fd) } : {}), ...(variable ? { variable } : {}) };
  if (sign === '<<' || sign === '<<-') return heredoc(reader, which, sign === '<<-');
  const target = parseWord(reader);
  if (!target) throw scanner.unexpected();
  return { operator: sign as Redirect['operator'], ...which, target };
}

function heredoc(reader: Reader, which: { fd?: number; variable?: string }, stripTabs: boolean): Redirect {
  const { scanner } = reader;
  const start = scanner.at;
  const word = parseWord(reader);
  if (!word) throw scanner.unexpected();
  const raw = scanner.source.slice(start, scanner.at);
  const delimiter = raw.replace(/\\([\s\S])|['"]/g, '$1');
  let target: Word = emptyWord;
  reader.heredocs.push({ delimiter, quoted: delimiter !== raw, stripTabs, fill: (body) => (target = body) });
  return {
    operator: '<<',
    ...which,
    get target() {
      return target;
    },
  };
}

/** Called behind a newline: the bodies of the here-documents announced on the line before. */
export function readHeredocs(reader: Reader): void {
  for (const { delimiter, quoted, stripTabs, fill } of reader.heredocs.splice(0)) {
    const body = heredocBody(reader, delimiter, stripTabs);
    if (quoted) fill({ parts: [{ kind: 'quoted', text: body }] });
    else fill({ parts: parseHeredocText(body, reader) });
  }
}

function heredocBody({ scanner }: Reader, delimiter: string, stripTabs: boolean): string {
  let body = '';
  while (!scanner.ended) {
    const end = scanner.source.indexOf('\n', scanner.at);
    const stop = end < 0 ? scanner.source.length : end;
    const full = scanner.source.slice(scanner.at, stop);
    const line = stripTabs ? full.replace(/^\t+/, '') : full;
    scanner.at = Math.min(stop + 1, scanner.source.length);
    if (line === delimiter) return body;
    body += `${line}\n`;
  }
  throw Object.assign(scanner.unexpectedEnd(), { heredoc: { delimiter, body } });
}

const parseHeredocText = (body: string, reader: Reader) => {
  const inner = createReader(body, reader.aliases, reader.scanner.line);
  return [{ kind: 'double' as const, parts: parseParts(inner, () => false, true) }];
};
