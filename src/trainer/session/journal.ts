import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { ContentError } from '../content-error.ts';
import type { Input } from './attempt.ts';

/** Enter, ^C and ^D. */
const COMMAND_ENDS = ['\r', '\n', '\u0003', '\u0004'];

/** The inputs of an attempt, one JSON object a line, appended as they come and forced to disk whenever a command is sent off. */
export class JournalFile {
  readonly path: string;
  #handle: number;

  constructor(path: string) {
    this.path = path;
    this.#handle = openSync(path, 'a', 0o600);
  }

  append(input: Input): void {
    writeSync(this.#handle, `${JSON.stringify(input)}\n`);
    if (input.type !== 'keys' || COMMAND_ENDS.some((key) => input.data.includes(key))) fsyncSync(this.#handle);
  }

  close(): void {
    fsyncSync(this.#handle);
    closeSync(this.#handle);
  }
}

/** Reads a journal back. A last line that a crash cut short is dropped, from the file too; any other damage is an error. */
export function readJournal(path: string): Input[] {
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line, i) => {
      try {
        return JSON.parse(line) as Input;
      } catch {
        throw new ContentError(path, `line ${i + 1}`, 'is damaged; the attempt cannot be resumed, but it can be deleted from the history');
      }
    });
}
