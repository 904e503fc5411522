import { constants, createInflate, type Inflate } from 'node:zlib';
import { headerDictionary } from './header-dictionary.ts';

/** Reads the header blocks of one connection: together they are a single zlib stream. */
export class HeaderReader {
  readonly #inflate: Inflate = createInflate({ dictionary: headerDictionary(), flush: constants.Z_SYNC_FLUSH });
  #failed: Error | undefined;

  constructor() {
    this.#inflate.on('error', (error) => {
      this.#failed = error;
    });
  }

  async read(block: Uint8Array): Promise<ReadonlyMap<string, string>> {
    await new Promise<void>((resolve) => this.#inflate.write(block, () => resolve()));
    if (this.#failed) throw this.#failed;
    const chunks: Buffer[] = [];
    for (let chunk = this.#inflate.read(); chunk !== null; chunk = this.#inflate.read()) chunks.push(chunk as Buffer);
    return parsePairs(Buffer.concat(chunks));
  }

  close(): void {
    this.#inflate.destroy();
  }
}

function parsePairs(bytes: Buffer): ReadonlyMap<string, string> {
  let at = 4;
  const text = (): string => {
    const length = bytes.readUInt32BE(at);
    at += 4 + length;
    return bytes.toString('utf8', at - length, at);
  };
  return new Map(Array.from({ length: bytes.readUInt32BE(0) }, () => [text(), text()] as const));
}

const ZLIB_HEADER = Buffer.from([0x78, 0x01]);
/** A stored (uncompressed) block of no pairs, then the empty block that flushes. */
const NO_PAIRS = Buffer.from([0, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);

/** An empty header block; the first of a connection begins its zlib stream. */
export const emptyHeaders = (first: boolean): Buffer => (first ? Buffer.concat([ZLIB_HEADER, NO_PAIRS]) : NO_PAIRS);
