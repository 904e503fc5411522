import { NUMBERED_DESCRIPTOR } from './files/skeleton.ts';
import { FileError } from './files.ts';
import { emptySource, nullSink, zeroSource } from './pipe.ts';
import type { Process } from './process.ts';
import type { Sink, Source } from './streams.ts';

const CHUNK = 65_536;

/** Opens a path for reading as open(2) does, devices included. Throws FileError. */
export function openSource(process: Process, path: string): Source {
  const full = process.path(path);
  const standard = descriptorOf(process, full);
  if (standard === 0) return process.stdin;
  const files = process.machine.files.as(process.credentials);
  const { type } = files.stat(full);
  if (type === 'directory') return directorySource(full);
  if (type === 'device') return deviceSource(process, full);
  files.read(full);
  let at = 0;
  return {
    async read() {
      const data = files.read(full);
      if (at >= data.length) return null;
      const chunk = data.subarray(at, at + CHUNK);
      at += chunk.length;
      return chunk;
    },
    close: () => undefined,
  };
}

/** Opens a path for writing: truncated unless `append`. Throws FileError. */
export function openSink(process: Process, path: string, { append = false, exclusive = false } = {}): Sink {
  const full = process.path(path);
  const standard = descriptorOf(process, full);
  if (standard === 1) return process.stdout;
  if (standard === 2) return process.stderr;
  const files = process.machine.files.as(process.credentials);
  const device = files.exists(full) && files.stat(full).type === 'device';
  if (device) return full === '/dev/tty' ? terminal(process, full).sink : nullSink;
  files.write(full, '', { append, ...(exclusive ? { exclusive } : {}) });
  return {
    write: async (data) => files.write(full, data, { append: true }),
    end: () => undefined,
  };
}

function descriptorOf(process: Process, path: string): number | undefined {
  const found = NUMBERED_DESCRIPTOR.exec(path) ?? undefined;
  if (found && process.machine.files.exists(path) && process.machine.files.stat(path).type === 'device') return Number(found[1]);
  return { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2 }[path];
}

function directorySource(path: string): Source {
  return {
    read: () => Promise.reject(new FileError('EISDIR', path, 'Is a directory')),
    close: () => undefined,
  };
}

function deviceSource(process: Process, path: string): Source {
  if (path === '/dev/zero') return zeroSource;
  if (path === '/dev/urandom' || path === '/dev/random') {
    const random = process.clock.random.fork('urandom');
    return { read: async () => random.bytes(4096), close: () => undefined };
  }
  return path === '/dev/tty' ? terminal(process, path).source : emptySource;
}

function terminal(process: Process, path: string): { source: Source; sink: Sink } {
  if (!process.tty?.source || !process.tty.sink) throw new FileError('ENXIO', path, 'No such device or address');
  return { source: process.tty.source, sink: process.tty.sink };
}
