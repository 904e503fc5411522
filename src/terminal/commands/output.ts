import { FileError, openSink, type Process } from '../../machine/index.ts';

/** Opens a file for writing (created or emptied at once) and returns how to write to it. */
export function createOutput(process: Process, name: string, { append = false } = {}): (data: Uint8Array | string) => Promise<void> {
  const path = process.path(name);
  const files = process.machine.files.as(process.credentials);
  if (files.exists(path) && files.stat(path).type === 'directory') throw new FileError('EISDIR', path, 'Is a directory');
  const sink = openSink(process, path, { append });
  return (data) => sink.write(data);
}
