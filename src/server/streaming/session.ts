import type { UpgradedStream } from '../../api/client/transport.ts';

/** Runs an action at the cluster's present instant. */
export type Enter = <T>(action: () => Promise<T>) => Promise<T>;

/** Which streams the client of an exec or attach session asked for. */
export interface SessionRequest {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/** Where the output of a session goes. */
export interface SessionOutput {
  stdout(data: Uint8Array): Promise<void>;
  stderr(data: Uint8Array): Promise<void>;
  status(text: string): Promise<void>;
}

type Step = () => Promise<IteratorResult<Uint8Array>>;

/** Takes each step at the cluster's present instant, the first one at once. */
export function stepsOf(source: AsyncIterable<Uint8Array> | undefined, enter: Enter): Step {
  const iterator = source?.[Symbol.asyncIterator]();
  if (!iterator) return async () => ({ done: true, value: undefined });
  let first: Promise<IteratorResult<Uint8Array>> | undefined = iterator.next();
  first.catch(() => undefined);
  return () => {
    const next = first ?? enter(() => iterator.next());
    first = undefined;
    return next;
  };
}

/** Carries a session's output until it ends, then its closing Status. */
export function outputOf(stream: UpgradedStream, wanted: SessionRequest, enter: Enter): (to: SessionOutput) => Promise<void> {
  const stdout = stepsOf(stream.stdout, enter);
  const stderr = stepsOf(stream.stderr, enter);
  return async (to) => {
    await Promise.all([drain(stdout, wanted.stdout ? to.stdout : ignore), drain(stderr, wanted.stderr && !wanted.tty ? to.stderr : ignore)]);
    await to.status(JSON.stringify((await stream.done) ?? { metadata: {}, status: 'Success' }));
  };
}

const ignore = async (): Promise<void> => undefined;

async function drain(next: Step, write: (data: Uint8Array) => Promise<void>): Promise<void> {
  for (let step = await next(); !step.done; step = await next()) await write(step.value);
}

/** A change of the terminal's size, as the client tells it: `{"Width":80,"Height":24}`. */
export function resizeTo(stream: UpgradedStream, text: string): void {
  const { Width, Height } = JSON.parse(text) as { readonly Width?: number; readonly Height?: number };
  if (Width && Height) stream.resize?.(Width, Height);
}
