import type { Source } from '../../../machine/index.ts';
import { lines } from '../input.ts';

/** The lines of one or several inputs as one stream, with a look ahead so that the last line is known. */
export interface SedInput {
  readonly number: number;
  readonly name: string;
  /** The current line ended with a newline. */
  readonly terminated: boolean;
  next(): Promise<string | undefined>;
  isLast(): Promise<boolean>;
}

interface Line {
  readonly text: string;
  readonly name: string;
  readonly terminated: boolean;
}

export function createSedInput(open: AsyncIterable<{ name: string; source: Source }>, terminator: string): SedInput {
  const iterator = allLines(open, terminator);
  let ahead: Promise<IteratorResult<Line, undefined>> | undefined;
  let current: Line = { text: '', name: '-', terminated: true };
  const input = {
    number: 0,
    get name() {
      return current.name;
    },
    get terminated() {
      return current.terminated;
    },
    async next() {
      const { value } = await (ahead ?? iterator.next());
      ahead = undefined;
      if (!value) return undefined;
      current = value;
      input.number++;
      return value.text;
    },
    async isLast() {
      ahead ??= iterator.next();
      return (await ahead).done === true;
    },
  };
  return input;
}

/** A missing newline at the end of one file is mended when another follows. */
async function* allLines(open: AsyncIterable<{ name: string; source: Source }>, terminator: string): AsyncGenerator<Line, undefined> {
  let held: Line | undefined;
  for await (const { name, source } of open) {
    for await (const raw of lines(source, terminator)) {
      if (held) yield { ...held, terminated: true };
      held = undefined;
      const terminated = raw.endsWith(terminator);
      const line = { text: terminated ? raw.slice(0, -terminator.length) : raw, name, terminated };
      if (terminated) yield line;
      else held = line;
    }
  }
  if (held) yield held;
  return undefined;
}
