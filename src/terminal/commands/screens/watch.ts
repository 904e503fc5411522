import stringWidth from 'string-width';
import { createBuffer, ExecError, type Process } from '../../../machine/index.ts';
import { runFullScreen } from '../../editors/full-screen.ts';
import { strftime } from '../strftime.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';

interface Watched {
  output: string;
  before: readonly string[] | undefined;
  lines: readonly string[];
  status: number;
  at: number;
  child: Process | undefined;
  finished: boolean;
}

export const watch = defineUtility({
  names: ['watch'],
  options: 'b,beep c,color C,no-color d,differences? e,errexit g,chgexit q,equexit= n,interval= p,precise r,no-rerun t,no-title w,no-wrap x,exec',
  stopAtOperand: true,
  package: 'from procps-ng 4.0.4',
  usage: 'watch [options] command',
  hint: () => '\nUsage:\n watch [options] command\n',
  async run(u) {
    if (u.operands.length === 0) throw new Failure('', { usage: true });
    const interval = Number(u.options.value('n') ?? '2');
    if (Number.isNaN(interval)) throw new Failure(`failed to parse argument: '${u.options.value('n')}'`);
    if (!u.process.stdout.tty) throw new Failure('Error opening terminal: unknown.');
    const every = Math.max(0.1, interval) * 1000;
    const watched: Watched = { output: '', before: undefined, lines: [], status: 0, at: u.process.clock.now(), child: undefined, finished: false };
    try {
      await runFullScreen(u.process, {
        refresh: { every, run: () => runOnce(u, watched) },
        press: (key) => {
          if (key === 'q' || key === '<C-c>') watched.finished = true;
        },
        draw: ({ columns, rows }) => ({ rows: picture(u, watched, { columns, rows, every }), cursor: { row: rows - 1, column: columns - 1 } }),
        get finished() {
          return watched.finished;
        },
      });
    } finally {
      if (watched.child) u.process.machine.processes.kill(watched.child.pid, 'SIGTERM');
    }
    u.status = watched.status;
  },
});

async function runOnce(u: Invocation, watched: Watched): Promise<void> {
  const buffer = createBuffer({ limit: 1_000_000 });
  const argv = u.options.has('x') ? u.operands : ['sh', '-c', u.operands.join(' ')];
  let code = 0;
  try {
    watched.child = u.process.spawn({ argv, stdout: buffer, stderr: buffer });
    code = (await watched.child.exited).code;
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    await buffer.write(`watch: ${argv[0]}: ${error.message}\n`);
    code = error.code;
  }
  watched.child = undefined;
  const first = watched.before === undefined;
  const changed = !first && buffer.text() !== watched.output;
  if (first || u.options.value('d') !== 'permanent') watched.before = first ? [] : watched.lines;
  watched.output = buffer.text();
  watched.lines = plainLines(watched.output);
  if (first) watched.before = watched.lines;
  watched.at = u.process.clock.now();
  if (u.options.has('g') && changed) watched.finished = true;
  if (u.options.has('e') && code !== 0) {
    watched.finished = true;
    watched.status = 8;
  }
}

const plainLines = (output: string): string[] =>
  output
    .replace(/\x1b\[[\d;?]*[A-Za-z]/g, '')
    .replace(/\r/g, '')
    .replace(/\n$/, '')
    .split('\n')
    .map(expandTabs);

function expandTabs(line: string): string {
  let out = '';
  for (const character of line) out += character === '\t' ? ' '.repeat(8 - (out.length % 8)) : character;
  return out;
}

interface Room {
  readonly columns: number;
  readonly rows: number;
  readonly every: number;
}

function picture(u: Invocation, { lines, before, at }: Watched, { columns, rows, every }: Room): string[] {
  const title = u.options.has('t') ? [] : [heading(u, at, columns, every), ''];
  const marks = u.options.has('d');
  const body = lines.flatMap((line, i) => {
    const pieces = u.options.has('w') ? [cut(line, columns)] : wrapped(line, columns);
    const old = before?.[i] ?? '';
    return pieces.map(({ text, from }) => (marks ? differing(text, old.slice(from)) : text));
  });
  const all = [...title, ...body].slice(0, rows);
  return [...all, ...Array.from({ length: rows - all.length }, () => '')];
}

/** The interval and the command on the left, the host and the time on the right, as much of it as fits. */
function heading(u: Invocation, at: number, columns: number, every: number): string {
  const right = `${u.process.machine.hostname}: ${strftime('%a %b %e %H:%M:%S %Y', at)}`;
  const left = `Every ${(every / 1000).toFixed(1)}s: `;
  const command = u.operands.join(' ');
  if (columns < right.length) return '';
  if (right.length + left.length + 3 > columns) return right.padStart(columns);
  const room = columns - right.length - left.length;
  if (stringWidth(command) < room) return `${left}${command}${' '.repeat(room - stringWidth(command))}${right}`;
  return room < 4 ? `${left}${' '.repeat(room)}${right}` : `${left}${command.slice(0, room - 4)}... ${right}`;
}

interface Piece {
  readonly text: string;
  readonly from: number;
}

function wrapped(line: string, columns: number): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  let from = 0;
  let at = 0;
  for (const character of line) {
    if (stringWidth(text) + stringWidth(character) > columns) {
      pieces.push({ text, from });
      text = '';
      from = at;
    }
    text += character;
    at += character.length;
  }
  return [...pieces, { text, from }];
}

const cut = (line: string, columns: number): Piece => wrapped(line, columns)[0] ?? { text: '', from: 0 };

function differing(text: string, old: string): string {
  let out = '';
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const differs = text.charAt(i) !== (old.charAt(i) || ' ');
    if (differs !== inside) out += differs ? '\x1b[7m' : '\x1b[0m';
    inside = differs;
    out += text.charAt(i);
  }
  return inside ? `${out}\x1b[0m` : out;
}
