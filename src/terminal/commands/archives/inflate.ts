import { gunzipSync } from 'node:zlib';
import type { Source } from '../../../machine/index.ts';
import { chunks, concatenate, readAll } from '../input.ts';

/** What a file may grow to when it is unpacked. */
const LIMIT = 256 * 1024 * 1024;

export const isZipped = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Unzips all members; undefined when the data is damaged or breaks off. */
export function unzip(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: LIMIT });
  } catch {
    return undefined;
  }
}

/** The bytes of a source, unzipped when they are zipped. */
export async function* inflated(source: Source): AsyncGenerator<Uint8Array> {
  const first = await source.read();
  if (!first) return;
  if (isZipped(first)) {
    const whole = unzip(concatenate([first, await readAll(source)]));
    if (whole) yield whole;
    return;
  }
  yield first;
  yield* chunks(source);
}
