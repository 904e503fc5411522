import type { UpgradedStream } from '../../api/client/transport.ts';
import { StatusError } from '../../api/machinery/status-error.ts';
import type { ByteLink } from './byte-link.ts';
import { type Enter, stepsOf } from './session.ts';
import { SpdyConnection } from './spdy/connection.ts';
import type { SpdyStream } from './spdy/stream.ts';

interface Pair {
  data?: SpdyStream;
  error?: SpdyStream;
}

/** port-forward over SPDY: each connection is a pair of streams, one for its bytes and one for what went wrong. */
export async function servePortForward(link: ByteLink, stream: UpgradedStream, enter: Enter): Promise<void> {
  const pairs = new Map<string, Pair>();
  const connection = new SpdyConnection(link, (opened) => {
    const id = requestId(opened);
    const pair = pairs.get(id) ?? {};
    pairs.set(id, pair);
    if (opened.header('streamtype') === 'data') pair.data = opened;
    else pair.error = opened;
    if (!pair.data || !pair.error) return;
    pairs.delete(id);
    void forward(stream, pair.data, pair.error, enter);
  });
  await connection.run().finally(() => stream.close());
}

/** Clients that name no request open the two streams one right after the other. */
const requestId = (stream: SpdyStream): string =>
  stream.header('requestid') || String(stream.header('streamtype') === 'data' ? stream.id - 2 : stream.id);

async function forward(stream: UpgradedStream, data: SpdyStream, error: SpdyStream, enter: Enter): Promise<void> {
  const port = Number(data.header('port'));
  try {
    const connection = await enter(async () => stream.connect?.(port));
    if (!connection) throw new Error('the pod cannot be reached');
    const upload = async () => {
      for await (const chunk of data.read()) await enter(() => connection.write(chunk));
      await enter(async () => connection.end());
    };
    upload().catch(() => connection.end());
    const next = stepsOf(connection.read, enter);
    for (let step = await next(); !step.done; step = await next()) await data.write(step.value);
  } catch (failure) {
    await error.write(Buffer.from(`error forwarding port ${port} to pod: ${reasonOf(failure)}`));
  }
  await error.end();
  await data.end();
}

/** What the kubelet said, without the API server's "Internal error occurred" before it. */
function reasonOf(failure: unknown): string {
  if (failure instanceof StatusError) return failure.status.details?.causes?.[0]?.message ?? failure.message;
  return failure instanceof Error ? failure.message : String(failure);
}
