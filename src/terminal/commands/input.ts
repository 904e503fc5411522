import { FileError, openSource, type Process, type Source } from '../../machine/index.ts';

/** A byte source by name: `-` is stdin. */
export const openInput = (process: Process, name: string): Source => (name === '-' ? process.stdin : openSource(process, name));

export async function* chunks(source: Source): AsyncGenerator<Uint8Array> {
  for (let chunk = await source.read(); chunk; chunk = await source.read()) yield chunk;
}

/** Lines in batches, as many as arrived together; each keeps its terminator, the last one may have none. */
export async function* lineBatches(source: Source, terminator = '\n'): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let partial = '';
  for await (const chunk of chunks(source)) {
    const pieces = (partial + decoder.decode(chunk, { stream: true })).split(terminator);
    partial = pieces.pop() ?? '';
    if (pieces.length > 0) yield pieces.map((piece) => piece + terminator);
  }
  partial += decoder.decode();
  if (partial !== '') yield [partial];
}

export async function* lines(source: Source, terminator = '\n'): AsyncGenerator<string> {
  for await (const batch of lineBatches(source, terminator)) yield* batch;
}

export const chomp = (line: string, terminator = '\n'): string => (line.endsWith(terminator) ? line.slice(0, -terminator.length) : line);

export async function readAll(source: Source): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks(source)) parts.push(chunk);
  return concatenate(parts);
}

export const readText = async (source: Source): Promise<string> => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readAll(source));

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** All lines of all inputs (stdin when none), terminators removed; unreadable inputs are told to `complain`. */
export async function collectLines(
  process: Process,
  names: readonly string[],
  complain: (name: string, error: FileError) => Promise<void>,
  terminator = '\n',
): Promise<string[]> {
  const result: string[] = [];
  for (const name of names.length > 0 ? names : ['-']) {
    try {
      for await (const batch of lineBatches(openInput(process, name), terminator)) for (const line of batch) result.push(chomp(line, terminator));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await complain(name, error);
    }
  }
  return result;
}
