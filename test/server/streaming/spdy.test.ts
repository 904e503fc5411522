import { constants, createDeflate } from 'node:zlib';
import { expect, test } from 'vitest';
import { SpdyConnection } from '../../../src/server/streaming/spdy/connection.ts';
import { headerDictionary } from '../../../src/server/streaming/spdy/header-dictionary.ts';

const word = (text: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
};

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const control = (type: number, flags: number, payload: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x80, 3, 0, type]), number(flags * 2 ** 24 + payload.length), payload]);

const data = (stream: number, flags: number, text: string): Buffer =>
  Buffer.concat([number(stream), number(flags * 2 ** 24 + text.length), Buffer.from(text)]);

/** Opens streams as a client does, its headers in one zlib stream with SPDY's dictionary. */
async function openings(...all: readonly Readonly<Record<string, string>>[]): Promise<Buffer[]> {
  const deflate = createDeflate({ dictionary: headerDictionary(), flush: constants.Z_SYNC_FLUSH });
  const frames: Buffer[] = [];
  for (const [at, headers] of all.entries()) {
    const pairs = Object.entries(headers).flatMap(([name, value]) => [word(name), word(value)]);
    await new Promise((resolve) => deflate.write(Buffer.concat([number(Object.keys(headers).length), ...pairs]), resolve));
    frames.push(control(1, 0, Buffer.concat([number(at * 2 + 1), number(0), Buffer.from([0, 0]), deflate.read() as Buffer])));
  }
  return frames;
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test.each([1, 7, 10_000])('reads streams and pings however the bytes are cut (%d at a time)', async (size) => {
  const [first, second] = await openings({ streamtype: 'error' }, { streamtype: 'data', port: '8080', requestid: '0' });
  const ping = control(6, 0, number(1));
  const sent = Buffer.concat([first ?? ping, ping, second ?? ping, data(3, 0, 'GET '), data(3, 1, '/'), data(1, 1, '')]);
  const written: Buffer[] = [];
  const seen: Promise<string[]>[] = [];
  const link = { read: inPieces(sent, size), write: async (bytes: Uint8Array) => void written.push(Buffer.from(bytes)), end: () => undefined };
  const connection = new SpdyConnection(link, (stream) => {
    const read = async () => {
      const chunks: string[] = [];
      for await (const chunk of stream.read()) chunks.push(Buffer.from(chunk).toString());
      await stream.write(Buffer.from(`end of ${stream.id}`));
      await stream.end();
      return [stream.header('streamtype'), stream.header('port'), chunks.join('')];
    };
    seen.push(read());
  });
  await connection.run();
  expect(await Promise.all(seen)).toEqual([
    ['error', '', ''],
    ['data', '8080', 'GET /'],
  ]);
  const replies = Buffer.concat(written);
  expect([replies.includes(ping), replies.includes(data(1, 0, 'end of 1')), replies.includes(data(3, 1, ''))]).toEqual([true, true, true]);
});
