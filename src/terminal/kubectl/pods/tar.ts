/** One member of a tar archive. */
export interface TarEntry {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly data: Uint8Array;
  readonly target?: string;
}

const BLOCK = 512;
const types = { file: '0', directory: '5', symlink: '2' } as const;

/** A ustar archive. */
export function packTar(entries: readonly TarEntry[], mtimeSeconds: number): Uint8Array {
  const parts = entries.flatMap((entry) => [header(entry, mtimeSeconds), padded(entry.data)]);
  return Buffer.concat([...parts, Buffer.alloc(BLOCK * 2)]);
}

function header({ path, type, mode, data, target = '' }: TarEntry, mtime: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const { name, prefix } = splitPath(type === 'directory' ? `${path}/` : path);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(name, 0, 100);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8) + octal(0, 8), 108);
  block.write(octal(data.length, 12) + octal(mtime, 12), 124);
  block.write('        ', 148);
  block.write(types[type], 156);
  block.write(target, 157, 100);
  block.write('ustar\x0000', 257);
  block.write(prefix, 345, 155);
  block.write(
    `${block
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return block;
}

/** Long paths are cut at a slash between the two name fields. */
function splitPath(path: string): { name: string; prefix: string } {
  if (path.length <= 100) return { name: path, prefix: '' };
  const cut = path.indexOf('/', path.length - 101);
  return { name: path.slice(cut + 1), prefix: path.slice(0, cut) };
}

const padded = (data: Uint8Array): Buffer => Buffer.concat([data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)]);

export function unpackTar(archive: Uint8Array): TarEntry[] {
  const bytes = Buffer.from(archive);
  const entries: TarEntry[] = [];
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const text = (from: number, length: number) => bytes.toString('utf8', at + from, at + from + length).replace(/\0[\s\S]*$/, '');
    const size = Number.parseInt(text(124, 12), 8) || 0;
    const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
    const flag = text(156, 1);
    const type = flag === '5' ? 'directory' : flag === '2' ? 'symlink' : 'file';
    const path = `${prefix ? `${prefix}/` : ''}${text(0, 100)}`.replace(/\/$/, '');
    const data = bytes.subarray(at + BLOCK, at + BLOCK + size);
    entries.push({ path, type, mode: Number.parseInt(text(100, 8), 8) & 0o7777, data, ...(type === 'symlink' ? { target: text(157, 100) } : {}) });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}
