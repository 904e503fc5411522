import type { Stat } from '../../machine/index.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const file = defineUtility({
  names: ['file'],
  options: 'b,brief i,mime L,dereference z mime-type s',
  package: '5.45',
  usage: 'file [OPTION...] [FILE...]',
  async run(u) {
    if (u.operands.length === 0) throw new Failure('', { usage: true });
    const width = Math.max(...u.operands.map((name) => name.length)) + 2;
    for (const name of u.operands) await u.print(`${u.options.has('b') ? '' : `${name}:`.padEnd(width)}${describe(u, name)}\n`);
  },
});

function describe(u: Invocation, name: string): string {
  const path = u.process.path(name);
  let stat: Stat;
  try {
    stat = u.options.has('L') ? u.files.stat(path) : u.files.lstat(path);
  } catch {
    return `cannot open \`${name}' (No such file or directory)`;
  }
  if (stat.type === 'directory')
    return u.options.has('i') ? 'inode/directory; charset=binary' : stat.mode & 0o1000 ? 'sticky, directory' : 'directory';
  if (stat.type === 'symlink') return `${u.files.exists(path) ? '' : 'broken '}symbolic link to ${u.files.readlink(path)}`;
  if (stat.type === 'device') return 'character special';
  if (stat.type !== 'file') return stat.type === 'fifo' ? 'fifo (named pipe)' : 'socket';
  if (stat.program) return executable(u);
  return content(Buffer.from(u.files.read(path)), u.options.has('i'));
}

function executable(u: Invocation): string {
  const arm = u.process.machine.hardware.architecture === 'arm64';
  return `ELF 64-bit LSB pie executable, ${arm ? 'ARM aarch64' : 'x86-64'}, version 1 (SYSV), dynamically linked, for GNU/Linux 3.2.0, stripped`;
}

function content(bytes: Buffer, mime: boolean): string {
  if (bytes.length === 0) return mime ? 'inode/x-empty; charset=binary' : 'empty';
  if (bytes.length === 1 && !mime) return 'very short file (no magic)';
  const known = signature(bytes);
  if (known) return known;
  const ascii = bytes.every((byte) => byte < 128 && (byte >= 32 || (byte >= 7 && byte <= 13) || byte === 27));
  const text = bytes.toString('utf8');
  const utf8 = !text.includes('\ufffd') && !/[\0-\x06]/.test(text);
  if (!ascii && !utf8) return mime ? 'application/octet-stream; charset=binary' : 'data';
  const [charset, label] = ascii ? ['us-ascii', 'ASCII text'] : ['utf-8', 'Unicode text, UTF-8 text'];
  const kind = kindOf(text);
  if (mime) return `${kind?.mime ?? 'text/plain'}; charset=${charset}`;
  const crlf = text.includes('\r\n') ? ', with CRLF line terminators' : text.includes('\n') ? '' : ', with no line terminators';
  if (kind?.label === 'JSON text data') return kind.label;
  return `${kind ? `${kind.label}, ` : ''}${label}${kind?.executable ? ' executable' : ''}${crlf}`;
}

function signature(bytes: Buffer): string | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip compressed data, from Unix';
  if (bytes.toString('latin1', 257, 262) === 'ustar') return `POSIX tar archive${bytes.toString('latin1', 262, 264) === '  ' ? ' (GNU)' : ''}`;
  const head = bytes.toString('latin1', 0, 40);
  if (head.startsWith('-----BEGIN CERTIFICATE REQUEST-----')) return 'PEM certificate request';
  if (head.startsWith('-----BEGIN CERTIFICATE-----')) return 'PEM certificate';
  if (/^-----BEGIN (RSA |EC )?PRIVATE KEY-----/.test(head)) return 'ASCII text';
  return undefined;
}

interface Kind {
  readonly label: string;
  readonly mime: string;
  readonly executable?: boolean;
}

function kindOf(text: string): Kind | undefined {
  const [, interpreter] = /^#!\s*(?:\/usr\/bin\/env )?(?:\S*\/)?(\w+)/.exec(text) ?? [];
  if (interpreter === 'bash') return { label: 'Bourne-Again shell script', mime: 'text/x-shellscript', executable: true };
  if (interpreter === 'sh') return { label: 'POSIX shell script', mime: 'text/x-shellscript', executable: true };
  if (interpreter?.startsWith('python')) return { label: 'Python script', mime: 'text/x-script.python', executable: true };
  if (/^\s*[{[]/.test(text)) {
    try {
      JSON.parse(text);
      return { label: 'JSON text data', mime: 'application/json' };
    } catch {
      return undefined;
    }
  }
  return /^\s*<!doctype html/i.test(text) ? { label: 'HTML document', mime: 'text/html' } : undefined;
}
