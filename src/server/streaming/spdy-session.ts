import type { UpgradedStream } from '../../api/client/transport.ts';
import type { ByteLink } from './byte-link.ts';
import { type Enter, outputOf, resizeTo, type SessionRequest } from './session.ts';
import { SpdyConnection } from './spdy/connection.ts';
import type { SpdyStream } from './spdy/stream.ts';

/** exec and attach over SPDY: the client opens one stream for each of standard input, output, error, status and size. */
export async function serveSpdySession(link: ByteLink, stream: UpgradedStream, wanted: SessionRequest, enter: Enter): Promise<void> {
  const carryOutput = outputOf(stream, wanted, enter);
  const streams = new Map<string, SpdyStream>();
  const expected = expectedStreams(wanted);
  let complete = () => {};
  const ready = new Promise<void>((resolve) => {
    complete = resolve;
  });
  const connection = new SpdyConnection(link, (opened) => {
    streams.set(opened.header('streamtype'), opened);
    if (expected.every((type) => streams.has(type))) complete();
  });
  const running = connection.run().finally(() => stream.close());
  const session = ready.then(async () => {
    void carryInput(streams, stream, enter);
    const on = (type: string) => async (data: Uint8Array) => streams.get(type)?.write(data);
    await carryOutput({ stdout: on('stdout'), stderr: on('stderr'), status: (text) => on('error')(Buffer.from(text)) });
    for (const one of streams.values()) await one.end();
  });
  await Promise.race([running, session]);
  connection.close();
}

const expectedStreams = ({ stdin, stdout, stderr, tty }: SessionRequest): string[] => [
  'error',
  ...(stdin ? ['stdin'] : []),
  ...(stdout ? ['stdout'] : []),
  ...(stderr && !tty ? ['stderr'] : []),
  ...(tty ? ['resize'] : []),
];

async function carryInput(streams: ReadonlyMap<string, SpdyStream>, stream: UpgradedStream, enter: Enter): Promise<void> {
  const keys = async () => {
    for await (const data of streams.get('stdin')?.read() ?? []) await enter(async () => stream.stdin?.write(data));
    await enter(async () => stream.stdin?.end());
  };
  const sizes = async () => {
    for await (const data of streams.get('resize')?.read() ?? []) await enter(async () => resizeTo(stream, Buffer.from(data).toString()));
  };
  await Promise.allSettled([...(streams.has('stdin') ? [keys()] : []), sizes()]);
}
