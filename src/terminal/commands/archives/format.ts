/** One member of a tar archive. */
export interface Member {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'link';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly user: string;
  readonly group: string;
  /** Seconds. */
  readonly mtime: number;
  readonly data: Uint8Array;
  readonly target: string;
}

export const BLOCK = 512;
/** GNU tar writes whole records of twenty blocks. */
const RECORD = BLOCK * 20;
const FLAGS = { file: '0', link: '1', symlink: '2', directory: '5' } as const;

export function packMember(member: Member): Uint8Array {
  const name = member.type === 'directory' && !member.name.endsWith('/') ? `${member.name}/` : member.name;
  return Buffer.concat([
    ...longField(name, 'L'),
    ...longField(member.target, 'K'),
    header(member, name, FLAGS[member.type]),
    padded(member.type === 'file' ? member.data : new Uint8Array()),
  ]);
}

/** Two empty blocks, filled up to a whole record. */
export const archiveEnd = (written: number): Uint8Array => Buffer.alloc(BLOCK * 2 + ((RECORD - ((written + BLOCK * 2) % RECORD)) % RECORD));

/** Names too long for the header travel in a member of their own. */
function longField(text: string, flag: string): Uint8Array[] {
  if (Buffer.byteLength(text) <= 100) return [];
  const data = Buffer.from(`${text}\0`);
  const nobody = { mode: 0o644, uid: 0, gid: 0, user: 'root', group: 'root', mtime: 0, target: '' };
  return [header({ ...nobody, name: '', type: 'file', data }, '././@LongLink', flag), padded(data)];
}

function header(member: Member, name: string, flag: string): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  const size = flag === '1' || flag === '2' || flag === '5' ? 0 : member.data.length;
  block.write(name, 0, 100);
  block.write(octal(member.mode, 8) + octal(member.uid, 8) + octal(member.gid, 8), 100);
  block.write(octal(size, 12) + octal(member.mtime, 12), 124);
  block.write('        ', 148);
  block.write(flag, 156);
  block.write(member.target, 157, 100);
  block.write('ustar  \0', 257);
  block.write(member.user, 265, 31);
  block.write(member.group, 297, 31);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

const padded = (data: Uint8Array): Uint8Array => Buffer.concat([data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)]);

/** Not a tar archive, or one that breaks off. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Reads an archive member by member as its bytes arrive. */
export async function* unpackMembers(source: AsyncIterable<Uint8Array>): AsyncGenerator<Member> {
  const take = createTaker(source);
  const long: { name?: string; target?: string } = {};
  for (let first = true; ; first = false) {
    const block = await take(BLOCK);
    if (block.length === 0 || (block.length === BLOCK && block.every((byte) => byte === 0))) return;
    if (block.length < BLOCK || !checksumHolds(block))
      throw new ArchiveError(first ? 'This does not look like a tar archive' : 'Unexpected EOF in archive');
    const { member, flag, size } = parseHeader(block);
    const data = await take(size);
    if (data.length < size) throw new ArchiveError('Unexpected EOF in archive');
    await take((BLOCK - (size % BLOCK)) % BLOCK);
    if (flag === 'L') long.name = textOf(data);
    else if (flag === 'K') long.target = textOf(data);
    else if (flag === 'x') Object.assign(long, extendedHeader(data));
    else if (flag !== 'g') {
      const name = long.name ?? member.name;
      yield { ...member, data, name, type: typeOf(flag, name), target: long.target ?? member.target };
      delete long.name;
      delete long.target;
    }
  }
}

function createTaker(source: AsyncIterable<Uint8Array>): (count: number) => Promise<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  let held: Uint8Array[] = [];
  let size = 0;
  return async (count) => {
    while (size < count) {
      const { value, done } = await chunks.next();
      if (done) break;
      held.push(value);
      size += value.length;
    }
    const whole = Buffer.concat(held);
    held = [whole.subarray(count)];
    size = Math.max(0, whole.length - count);
    return whole.subarray(0, count);
  };
}

const textOf = (data: Uint8Array): string =>
  Buffer.from(data)
    .toString('utf8')
    .replace(/\0[\s\S]*$/, '');

/** pax: `27 path=some/long/name\n` */
function extendedHeader(data: Uint8Array): { name?: string; target?: string } {
  const records = Array.from(
    Buffer.from(data)
      .toString('utf8')
      .matchAll(/^\d+ (\w+)=(.*)$/gm),
    ([, key = '', value = '']) => [key, value] as const,
  );
  const { path, linkpath } = Object.fromEntries(records);
  return { ...(path !== undefined && { name: path }), ...(linkpath !== undefined && { target: linkpath }) };
}

function checksumHolds(block: Buffer): boolean {
  const want = Number.parseInt(block.toString('latin1', 148, 156).replace(/\0.*$/, ''), 8);
  return want === block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
}

function typeOf(flag: string, name: string): Member['type'] {
  if (flag === '5' || (flag !== '2' && flag !== '1' && name.endsWith('/'))) return 'directory';
  return flag === '2' ? 'symlink' : flag === '1' ? 'link' : 'file';
}

function parseHeader(block: Buffer): { member: Omit<Member, 'data' | 'type'>; flag: string; size: number } {
  const text = (from: number, length: number) => textOf(block.subarray(from, from + length));
  const octal = (from: number, length: number) => Number.parseInt(text(from, length).trim(), 8) || 0;
  const prefix = text(257, 6) === 'ustar' && block[262] === 0 ? text(345, 155) : '';
  const member = {
    name: prefix ? `${prefix}/${text(0, 100)}` : text(0, 100),
    mode: octal(100, 8) & 0o7777,
    uid: octal(108, 8),
    gid: octal(116, 8),
    user: text(265, 32),
    group: text(297, 32),
    mtime: octal(136, 12),
    target: text(157, 100),
  };
  return { member, flag: text(156, 1) || '0', size: octal(124, 12) };
}
