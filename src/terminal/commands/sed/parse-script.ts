import { PatternError, posixRegex } from '../posix-regex.ts';
import { parseReplacement, splitDelimited } from './parse-replacement.ts';
import { type Address, type SedCommand, SedError, type Substitution } from './script.ts';

interface Reader {
  readonly text: string;
  at: number;
  readonly extended: boolean;
  nextId: number;
  depth: number;
}

export function parseScript(text: string, { extended }: { extended: boolean }): SedCommand[] {
  const reader: Reader = { text, at: 0, extended, nextId: 0, depth: 0 };
  const commands = parseCommands(reader);
  if (reader.depth > 0) throw new SedError("-e expression #1, char 0: unmatched `{'");
  return commands;
}

const fail = (reader: Reader, message: string): never => {
  throw new SedError(`-e expression #1, char ${reader.at}: ${message}`);
};

const peek = (reader: Reader): string => reader.text.charAt(reader.at);

function take(reader: Reader): string {
  const character = peek(reader);
  reader.at++;
  return character;
}

function skip(reader: Reader, pattern: RegExp): string {
  const match = new RegExp(pattern.source, 'y');
  match.lastIndex = reader.at;
  const found = match.exec(reader.text)?.[0] ?? '';
  reader.at += found.length;
  return found;
}

function parseCommands(reader: Reader): SedCommand[] {
  const commands: SedCommand[] = [];
  for (;;) {
    skip(reader, /[\s;]*/);
    if (reader.at >= reader.text.length) return commands;
    if (peek(reader) === '#') {
      skip(reader, /[^\n]*/);
      continue;
    }
    if (peek(reader) === '}') {
      if (reader.depth === 0) {
        reader.at++;
        fail(reader, "unexpected `}'");
      }
      return commands;
    }
    commands.push(parseCommand(reader));
  }
}

function parseCommand(reader: Reader): SedCommand {
  const addresses = parseAddresses(reader);
  skip(reader, /\s*/);
  const negated = peek(reader) === '!';
  if (negated) skip(reader, /[!\s]+/);
  const id = reader.nextId++;
  if (reader.at >= reader.text.length) fail(reader, 'missing command');
  const name = take(reader);
  const base = { addresses, negated, name, argument: '', id };
  switch (name) {
    case '{':
      return { ...base, block: parseBlock(reader) };
    case 's':
      return finish(reader, { ...base, substitution: parseSubstitution(reader) });
    case 'y':
      return finish(reader, { ...base, translation: parseTranslation(reader) });
    case 'a':
    case 'i':
    case 'c':
      return { ...base, argument: parseText(reader) };
    case ':':
      skip(reader, /\s*/);
      return { ...base, argument: skip(reader, /[^\s;]+/) || fail(reader, '":" lacks a label') };
    case 'b':
    case 't':
    case 'T':
      skip(reader, /[ \t]*/);
      return finish(reader, { ...base, argument: skip(reader, /[^\s;}]*/) });
    case 'r':
    case 'R':
    case 'w':
    case 'W':
      skip(reader, /[ \t]*/);
      return { ...base, argument: skip(reader, /[^\n]+/) || fail(reader, 'missing filename in r/R/w/W commands') };
    case 'q':
    case 'Q':
    case 'l':
    case 'L':
      skip(reader, /[ \t]*/);
      return finish(reader, { ...base, argument: skip(reader, /\d*/) });
    default:
      if (!'=dDgGhHnNpPxzF'.includes(name)) fail(reader, `unknown command: \`${name}'`);
      return finish(reader, base);
  }
}

function parseBlock(reader: Reader): SedCommand[] {
  reader.depth++;
  const block = parseCommands(reader);
  if (take(reader) !== '}') {
    reader.at = 0;
    fail(reader, "unmatched `{'");
  }
  reader.depth--;
  return block;
}

/** After a command only blanks, `;`, `}`, a comment or the line's end may follow. */
function finish(reader: Reader, command: SedCommand): SedCommand {
  skip(reader, /[ \t]*/);
  const character = peek(reader);
  if (character !== '' && !';\n}#'.includes(character)) {
    reader.at++;
    fail(reader, command.name === 's' ? "unknown option to `s'" : 'extra characters after command');
  }
  return command;
}

function parseAddresses(reader: Reader): Address[] {
  const first = parseAddress(reader);
  if (!first) return [];
  skip(reader, /[ \t]*/);
  if (peek(reader) !== ',') return [first];
  reader.at++;
  skip(reader, /[ \t]*/);
  const relative = /^[+~]\d+/.exec(reader.text.slice(reader.at))?.[0];
  if (relative) {
    reader.at += relative.length;
    return [first, { kind: relative.startsWith('+') ? 'plus' : 'multiple', count: Number(relative.slice(1)) }];
  }
  return [first, parseAddress(reader) ?? fail(reader, "unexpected `,'")];
}

function parseAddress(reader: Reader): Address | undefined {
  const digits = skip(reader, /\d+/);
  if (digits !== '') {
    const step = skip(reader, /~\d+/);
    return step === '' ? { kind: 'line', line: Number(digits) } : { kind: 'step', first: Number(digits), step: Number(step.slice(1)) };
  }
  const character = peek(reader);
  if (character === '$') {
    reader.at++;
    return { kind: 'last' };
  }
  if (character !== '/' && character !== '\\') return undefined;
  if (character === '\\') reader.at++;
  const delimiter = take(reader);
  const { body, end } = splitDelimited(reader.text, reader.at, delimiter, true) ?? fail(reader, 'unterminated address regex');
  reader.at = end;
  const flags = skip(reader, /[IM]*/);
  return { kind: 'pattern', pattern: body === '' ? undefined : compile(reader, body, flags) };
}

function compile(reader: Reader, body: string, flags: string): RegExp {
  try {
    return posixRegex(body, { extended: reader.extended, ignoreCase: /[iI]/.test(flags), flags: /[mM]/.test(flags) ? 'gms' : 'gs' });
  } catch (error) {
    if (error instanceof PatternError) return fail(reader, error.message);
    throw error;
  }
}

function parseSubstitution(reader: Reader): Substitution {
  const delimiter = take(reader);
  const unterminated = () => {
    reader.at = reader.text.length;
    return fail(reader, "unterminated `s' command");
  };
  if (delimiter === '' || delimiter === '\n') return unterminated();
  const pattern = splitDelimited(reader.text, reader.at, delimiter, true) ?? unterminated();
  const replacement = splitDelimited(reader.text, pattern.end, delimiter, false) ?? unterminated();
  reader.at = replacement.end;
  const flags = skip(reader, /[gpiIemM\d]*/);
  const file = skip(reader, /w[ \t]*/) === '' ? undefined : skip(reader, /[^\n]+/);
  const occurrence = Number(/\d+/.exec(flags)?.[0] ?? '1');
  if (occurrence === 0) fail(reader, "number option to `s' command may not be zero");
  const compiled = pattern.body === '' ? undefined : compile(reader, pattern.body, flags);
  const parts = parseReplacement(replacement.body);
  const groups = compiled ? countGroups(compiled) : 9;
  for (const part of parts) {
    if (part.kind === 'group' && part.index > groups) fail(reader, `invalid reference \\${part.index} on \`s' command's RHS`);
  }
  return {
    pattern: compiled,
    replacement: parts,
    global: flags.includes('g'),
    occurrence,
    print: flags.includes('p'),
    evaluate: flags.includes('e'),
    file,
  };
}

const countGroups = (pattern: RegExp): number => (new RegExp(`${pattern.source}|`, pattern.flags).exec('')?.length ?? 1) - 1;

function parseTranslation(reader: Reader): ReadonlyMap<string, string> {
  const delimiter = take(reader);
  const unterminated = () => fail(reader, "unterminated `y' command");
  const from = splitDelimited(reader.text, reader.at, delimiter, false) ?? unterminated();
  const to = splitDelimited(reader.text, from.end, delimiter, false) ?? unterminated();
  reader.at = to.end;
  const plain = (text: string) => [...text.replace(/\\(.)/gs, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c))];
  const [sources, targets] = [plain(from.body), plain(to.body)];
  if (sources.length !== targets.length) fail(reader, "strings for `y' command are different lengths");
  return new Map(sources.map((source, i) => [source, targets[i] ?? '']));
}

/** One-liner (`a text`) or classic (`a\` and lines that end in a backslash); leading blanks go, unless escaped. */
function parseText(reader: Reader): string {
  skip(reader, /[ \t]*/);
  if (/^\\[ \t]*\n/.test(reader.text.slice(reader.at))) skip(reader, /\\[ \t]*\n/);
  else if (peek(reader) === '\\') skip(reader, /\\/);
  if (reader.at >= reader.text.length) fail(reader, "expected \\ after `a', `c' or `i'");
  let out = '';
  while (reader.at < reader.text.length) {
    const character = take(reader);
    if (character === '\n') break;
    if (character === '\\') {
      const escaped = take(reader);
      out += escaped === 't' ? '\t' : escaped;
    } else out += character;
  }
  return `${out}\n`;
}
