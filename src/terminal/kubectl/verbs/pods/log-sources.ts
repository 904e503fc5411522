import { messageOf, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';

export interface LogSource {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

interface Options {
  readonly follow: boolean;
  readonly prefix: boolean;
  readonly 'ignore-errors': boolean;
  readonly 'max-log-requests': number;
}

/** One log after the other, or all at once when they are followed. */
export async function printLogs(
  kubectl: Invocation,
  sources: readonly LogSource[],
  options: Options,
  query: Readonly<Record<string, string>>,
): Promise<void> {
  const print = (source: LogSource) => printLog(kubectl, source, options, query);
  if (!options.follow || sources.length < 2) {
    for (const source of sources) await print(source);
    return;
  }
  const most = options['max-log-requests'];
  if (sources.length > most) {
    throw new UsageError(
      `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
    );
  }
  await Promise.all(sources.map(print));
}

async function printLog(kubectl: Invocation, source: LogSource, options: Options, query: Readonly<Record<string, string>>): Promise<void> {
  try {
    await stream(kubectl, source, options, query);
  } catch (error) {
    if (!options['ignore-errors'] || !(error instanceof Error) || error.name === 'Killed') throw error;
    await kubectl.print(`error: ${messageOf(error)}\n`);
  }
}

async function stream(
  kubectl: Invocation,
  { namespace, pod, container }: LogSource,
  options: Options,
  query: Readonly<Record<string, string>>,
): Promise<void> {
  const { body, bytes } = await kubectl.api.send({
    method: 'GET',
    path: `/api/v1/namespaces/${namespace}/pods/${pod}/log`,
    query: { ...query, container },
    signal: kubectl.process.signal,
  });
  const write = options.prefix ? prefixed(kubectl, `[pod/${pod}/${container}] `) : (text: string | Uint8Array) => kubectl.process.stdout.write(text);
  if (!bytes) return typeof body === 'string' && body ? write(body) : undefined;
  for await (const chunk of bytes) await write(chunk);
}

/** Begins every line with the prefix, wherever the chunks are cut. */
function prefixed(kubectl: Invocation, prefix: string): (chunk: string | Uint8Array) => Promise<void> {
  let lineBegun = false;
  return async (chunk) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const lines = text.split(/(?<=\n)/);
    await kubectl.print(lines.map((line, i) => (i === 0 && lineBegun ? line : `${prefix}${line}`)).join(''));
    lineBegun = !text.endsWith('\n');
  };
}
