import type { UpgradedStream } from '../../../api/client/transport.ts';
import { isPlainObject } from '../../../api/machinery/json.ts';
import { StatusError } from '../../../api/machinery/status-error.ts';
import type { Status } from '../../../api/schema/generated/types.ts';
import { CodedError, UsageError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';

export interface SessionOptions {
  /** `exec` or `attach`. */
  readonly verb: 'exec' | 'attach';
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly command?: readonly string[];
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly quiet?: boolean;
  /** In place of the process's own streams. */
  readonly input?: AsyncIterable<Uint8Array>;
  readonly output?: (data: Uint8Array) => Promise<void> | void;
}

/** Opens a command's streams in a container and carries bytes both ways until it ends. */
export async function runSession(kubectl: Invocation, options: SessionOptions): Promise<void> {
  const tty = await usableTty(kubectl, options);
  const stream = await open(kubectl, options, tty);
  const terminal = tty ? kubectl.process.stdin.tty : undefined;
  const wasRaw = terminal?.raw ?? false;
  if (terminal) terminal.raw = true;
  const unsubscribe = terminal?.onResize(({ columns, rows }) => stream.resize?.(columns, rows));
  if (terminal) stream.resize?.(terminal.size.columns, terminal.size.rows);
  const abort = () => stream.close();
  kubectl.process.signal.addEventListener('abort', abort);
  try {
    if (options.stdin) void feed(kubectl, stream, options.input);
    await Promise.all([
      drain(stream.stdout, options.output ?? ((data) => kubectl.process.stdout.write(data))),
      drain(stream.stderr, (data) => kubectl.process.stderr.write(data)),
    ]);
    finish(await stream.done);
  } finally {
    unsubscribe?.();
    kubectl.process.signal.removeEventListener('abort', abort);
    if (terminal) terminal.raw = wasRaw;
    stream.close();
  }
}

async function usableTty(kubectl: Invocation, { stdin, tty, quiet }: SessionOptions): Promise<boolean> {
  if (!stdin || !tty) return false;
  if (kubectl.process.stdin.tty) return true;
  if (!quiet) await kubectl.error('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  return false;
}

async function open(kubectl: Invocation, options: SessionOptions, tty: boolean): Promise<UpgradedStream> {
  const { upgrade } = await kubectl.api.send({
    method: 'POST',
    path: `/api/v1/namespaces/${options.namespace}/pods/${options.pod}/${options.verb}`,
    query: {
      container: options.container,
      ...(options.command ? { command: options.command } : {}),
      ...(options.stdin ? { stdin: 'true' } : {}),
      stdout: 'true',
      ...(tty ? { tty: 'true' } : { stderr: 'true' }),
    },
    signal: kubectl.process.signal,
  });
  if (!upgrade) throw new UsageError('unable to upgrade connection: the server did not switch protocols');
  return upgrade;
}

async function feed(kubectl: Invocation, { stdin }: UpgradedStream, input: AsyncIterable<Uint8Array> | undefined): Promise<void> {
  try {
    if (input) for await (const data of input) await stdin?.write(data);
    else for (let data = await kubectl.process.stdin.read(); data; data = await kubectl.process.stdin.read()) await stdin?.write(data);
    stdin?.end();
  } catch {
    // The other end is gone: there is nobody left to feed.
  }
}

async function drain(source: AsyncIterable<Uint8Array> | undefined, write: (data: Uint8Array) => Promise<void> | void): Promise<void> {
  if (source) for await (const data of source) await write(data);
}

/** The closing Status of the protocol; a command's own exit code becomes kubectl's. */
function finish(closing: unknown): void {
  if (!isPlainObject(closing) || closing.status !== 'Failure') return;
  const status = closing as unknown as Status;
  const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  if (code !== undefined) throw new CodedError(`command terminated with exit code ${code}`, Number(code));
  if (status.reason) throw StatusError.from(status);
  throw new UsageError(status.message ?? 'error executing remote command');
}
