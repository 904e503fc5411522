import type { WatchEvent } from '../../../api/client/transport.ts';
import type { Invocation } from '../invocation.ts';

/** The events of a watch as they come, until the server ends it or the process dies. */
export async function* watchEvents(
  kubectl: Invocation,
  path: string,
  query: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
  signal: AbortSignal = kubectl.process.signal,
): AsyncGenerator<WatchEvent> {
  const { watch } = await kubectl.api.send({ method: 'GET', path, query: { ...query, watch: 'true' }, headers, signal });
  if (!watch) return;
  const queue: WatchEvent[] = [];
  let ended = false;
  let wake = () => {};
  const notify = () => wake();
  watch.listen(
    (event) => {
      queue.push(event);
      notify();
    },
    () => {
      ended = true;
      notify();
    },
  );
  signal.addEventListener('abort', notify);
  try {
    for (;;) {
      const event = queue.shift();
      if (event) yield event;
      else if (ended || signal.aborted) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (kubectl.process.signal.aborted) throw kubectl.process.signal.reason;
  } finally {
    signal.removeEventListener('abort', notify);
    watch.stop();
  }
}
