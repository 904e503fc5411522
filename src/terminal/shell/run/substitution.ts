import { createPipe } from '../../../machine/index.ts';
import type { Shell } from '../shell.ts';
import { ShellFailure } from '../signals-of-flow.ts';
import type { List } from '../syntax/ast.ts';
import { fork } from './fork.ts';
import { openForReadingIn } from './redirect.ts';
import { runList } from './run.ts';

const MOST_BYTES = 32 * 1024 * 1024;

/** `$(…)`: the output without its last newlines. */
export async function substituteCommand(shell: Shell, body: List): Promise<string> {
  const file = inputOnly(body);
  if (file) return strip(await collect(shell, await openForReadingIn(shell, file)));
  const pipe = createPipe();
  const child = await fork(shell, (sub) => runSubstituted(sub, body), { stdout: pipe.sink, tolerant: true });
  const text = await collect(shell, pipe.source);
  const { code } = await child.exited;
  shell.status = code;
  return strip(text);
}

function runSubstituted(sub: Shell, body: List): Promise<number> {
  sub.traceDepth++;
  return runList(sub, body);
}

const strip = (text: string): string => text.replaceAll('\0', '').replace(/\n+$/, '');

/** `$(<file)` */
function inputOnly(body: List) {
  const [item, ...others] = body.items;
  const [command] = item?.command.first.commands ?? [];
  if (others.length > 0 || item?.command.rest.length || command?.kind !== 'simple') return undefined;
  const [redirect] = command.redirects;
  return command.words.length + command.assignments.length === 0 && redirect?.operator === '<' && command.redirects.length === 1
    ? redirect.target
    : undefined;
}

async function collect(shell: Shell, source: { read(): Promise<Uint8Array | null>; close(): void }): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let chunk = await source.read(); chunk; chunk = await source.read()) {
    chunks.push(chunk);
    size += chunk.length;
    if (chunks.length % 512 === 0) await shell.process.breathe();
    if (size < MOST_BYTES) continue;
    source.close();
    throw new ShellFailure(`xrealloc: cannot allocate ${size} bytes`, { code: 2, fatal: true });
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `<(…)`: runs to its end, then its output is a file; `>(…)`: a file whose writers feed the command. */
export async function substituteProcess(shell: Shell, body: List, direction: '<' | '>'): Promise<string> {
  const { files } = shell.process.machine;
  const path = freePath(shell);
  const pipe = createPipe({ capacity: MOST_BYTES });
  if (direction === '<') {
    await fork(shell, (sub) => runList(sub, body), { stdout: pipe.sink });
    const text = await collect(shell, pipe.source);
    files.generate(path, () => text);
  } else {
    const child = await fork(shell, (sub) => runList(sub, body), { stdin: pipe.source });
    files.generate(
      path,
      () => '',
      (data) => void pipe.sink.write(data.slice()).catch(() => undefined),
    );
    shell.afterCommand.push(
      () => pipe.sink.end(),
      () => child.exited.then(() => undefined),
    );
  }
  shell.afterCommand.push(() => files.remove(path, { force: true }));
  return path;
}

function freePath(shell: Shell): string {
  const { files } = shell.process.machine;
  for (let fd = 63; fd > 3; fd--) if (!files.exists(`/dev/fd/${fd}`)) return `/dev/fd/${fd}`;
  throw new ShellFailure('cannot make pipe for process substitution: Too many open files');
}
