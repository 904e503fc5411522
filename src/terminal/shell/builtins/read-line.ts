import { readChunk, type Source, unread, untilDeath } from '../../../machine/index.ts';
import { assignScalar } from '../run/assign.ts';
import type { Shell } from '../shell.ts';
import { type Builtins, isName, options } from './builtin.ts';

interface ReadOptions {
  readonly source?: Source | undefined;
  readonly delimiter?: string;
  readonly most?: number;
  readonly exactly?: boolean;
  readonly timeoutMs?: number;
}

interface ReadResult {
  readonly text: string;
  readonly ended: boolean;
  readonly timedOut: boolean;
}

/** One line, without its end; undefined at the end of the input. */
export async function readLine(shell: Shell): Promise<string | undefined> {
  const { text, ended } = await readUntil(shell, {});
  return ended && text === '' ? undefined : text;
}

/** Reads no further than the delimiter: what follows is left for the next reader. A trapped signal or the time-out ends the wait. */
async function readUntil(shell: Shell, options: ReadOptions): Promise<ReadResult> {
  const stop = new AbortController();
  const interrupt = () => stop.abort('interrupted');
  shell.wakers.push(interrupt);
  const { timeoutMs, source = shell.stdin } = options;
  const timer = timeoutMs === undefined ? undefined : shell.process.clock.after(timeoutMs, () => stop.abort('late'));
  try {
    return await collectUntil(shell, source, options, stop.signal);
  } finally {
    timer?.cancel();
    const at = shell.wakers.indexOf(interrupt);
    if (at >= 0) shell.wakers.splice(at, 1);
  }
}

async function collectUntil(
  shell: Shell,
  source: Source | undefined,
  { delimiter = '\n', most, exactly }: ReadOptions,
  stop: AbortSignal,
): Promise<ReadResult> {
  const collected: number[] = [];
  const end = delimiter === '' ? 0 : delimiter.charCodeAt(0);
  const text = () => Buffer.from(collected).toString('utf8');
  for (;;) {
    const chunk = source ? await nextChunk(shell, source, stop) : null;
    if (chunk === 'late') return { text: text(), ended: true, timedOut: true };
    if (chunk === null || chunk === 'interrupted') return { text: chunk ? '' : text(), ended: true, timedOut: false };
    for (const [i, byte] of chunk.entries()) {
      const stops = byte === end && !exactly;
      if (!stops) collected.push(byte);
      const full = most !== undefined && (byte & 0xc0) !== 0xc0 && [...text()].length >= most;
      if ((!stops && !full) || !source) continue;
      unread(source, chunk.subarray(i + 1));
      return { text: text(), ended: false, timedOut: false };
    }
  }
}

async function nextChunk(shell: Shell, source: Source, stop: AbortSignal): Promise<Uint8Array | null | 'late' | 'interrupted'> {
  const signal = AbortSignal.any([stop, shell.process.signal]);
  try {
    return await untilDeath(signal, readChunk(source, signal));
  } catch (error) {
    if (error === 'late' || error === 'interrupted') return error;
    throw error;
  }
}

const USAGE = 'read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]';

export const readBuiltins: Builtins = {
  async read(shell, args) {
    const parsed = await options(shell, 'read', args, 'era:d:i:n:N:p:st:u:', USAGE);
    if (!parsed) return 2;
    const { flags, rest } = parsed;
    const bad = rest.find((name) => !isName(name));
    if (bad !== undefined) {
      await shell.complain(`read: \`${bad}': not a valid identifier`);
      return 1;
    }
    const source = flags.has('u') ? shell.fds.get(Number(flags.get('u')))?.source : shell.stdin;
    if (!source) {
      await shell.complain(`read: ${flags.get('u') ?? 0}: invalid file descriptor: Bad file descriptor`);
      return 1;
    }
    if (flags.has('p') && source.tty) await shell.error(flags.get('p') ?? '');
    const count = flags.get('N') ?? flags.get('n');
    const result = await readUntil(shell, {
      source,
      delimiter: flags.has('d') ? (flags.get('d') ?? '').slice(0, 1) : '\n',
      exactly: flags.has('N'),
      ...(count === undefined ? {} : { most: Number(count) }),
      ...(flags.has('t') ? { timeoutMs: Number(flags.get('t')) * 1000 } : {}),
    });
    const whole = flags.has('r') ? result : await continued(shell, source, result);
    store(shell, whole.text, rest, flags);
    if (result.timedOut) return 142;
    return whole.ended ? 1 : 0;
  },
  async mapfile(shell, args) {
    const parsed = await options(shell, 'mapfile', args, 'd:n:O:s:tu:C:c:');
    if (!parsed) return 2;
    const { flags, rest } = parsed;
    const delimiter = flags.has('d') ? (flags.get('d') ?? '').slice(0, 1) : '\n';
    const source = flags.has('u') ? shell.fds.get(Number(flags.get('u')))?.source : shell.stdin;
    const most = Number(flags.get('n') ?? 0) || Number.POSITIVE_INFINITY;
    const first = Number(flags.get('O') ?? 0);
    const list = new Map<number, string>();
    for (let skip = Number(flags.get('s') ?? 0); list.size < most; ) {
      const { text, ended } = await readUntil(shell, { source, delimiter });
      if (ended && text === '') break;
      if (skip-- <= 0) list.set(first + list.size, flags.has('t') || ended ? text : text + delimiter);
      if (ended) break;
    }
    const name = rest[0] ?? 'MAPFILE';
    const variable = shell.variables.writable(name);
    variable.list = flags.has('O') && variable.list ? new Map([...variable.list, ...list]) : list;
    delete variable.value;
    return 0;
  },
};

/** Without -r a backslash takes the next character's meaning away, and joins lines. */
async function continued(shell: Shell, source: Source, first: ReadResult): Promise<ReadResult> {
  let { text, ended } = first;
  while (!ended && /(^|[^\\])(\\\\)*\\$/.test(text)) {
    const more = await readUntil(shell, { source });
    text = text.slice(0, -1) + more.text;
    ended = more.ended;
  }
  return { ...first, text: text.replace(/\\([\s\S])/g, (_, char: string) => PROTECTED + char), ended };
}

/** Marks a character that must not split. */
const PROTECTED = '\uE000';
const unprotect = (text: string): string => text.replaceAll(PROTECTED, '');

function store(shell: Shell, text: string, names: readonly string[], flags: ReadonlyMap<string, string>): void {
  const array = flags.get('a');
  if (array !== undefined) {
    const variable = shell.variables.writable(array);
    variable.list = new Map(splitInput(text, shell.ifs, Number.POSITIVE_INFINITY).map((v, i) => [i, unprotect(v)]));
    delete variable.value;
    return;
  }
  if (names.length === 0 || flags.has('N')) {
    shell.variables.set(names[0] ?? 'REPLY', unprotect(text));
    return;
  }
  const fields = splitInput(text, shell.ifs, names.length);
  for (const [i, name] of names.entries()) assignScalar(shell, name, unprotect(fields[i] ?? ''));
}

/** Fields as `read` cuts them: the last name takes the rest, without the blanks around it. */
export function splitInput(text: string, ifs: string, most: number): string[] {
  const blank = new Set([...ifs].filter((c) => ' \t\n'.includes(c)));
  const hard = new Set([...ifs].filter((c) => !' \t\n'.includes(c)));
  const fields: string[] = [];
  let at = 0;
  const skipBlank = () => {
    while (at < text.length && blank.has(text[at] ?? '')) at++;
  };
  skipBlank();
  while (at < text.length) {
    if (fields.length === most - 1) {
      fields.push(lastField(text.slice(at), blank, hard));
      return fields;
    }
    let field = '';
    while (at < text.length && !blank.has(text[at] ?? '') && !hard.has(text[at] ?? '')) {
      if (text[at] === PROTECTED) field += text[at++];
      field += text[at++] ?? '';
    }
    fields.push(field);
    skipBlank();
    if (at < text.length && hard.has(text[at] ?? '')) {
      at++;
      skipBlank();
    }
  }
  return fields;
}

function lastField(rest: string, blank: ReadonlySet<string>, hard: ReadonlySet<string>): string {
  let end = rest.length;
  while (end > 0 && blank.has(rest[end - 1] ?? '') && rest[end - 2] !== PROTECTED) end--;
  const text = rest.slice(0, end);
  const only = hard.has(text.at(-1) ?? '') && ![...text.slice(0, -1)].some((c) => hard.has(c) || blank.has(c));
  return only ? text.slice(0, -1) : text;
}
