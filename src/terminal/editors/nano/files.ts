import { isModified, type Nano, place } from './state.ts';

const plural = (count: number): string => `${count} line${count === 1 ? '' : 's'}`;

export function open(nano: Nano, path: string): void {
  nano.path = path;
  const text = nano.host.read(path);
  if (text === undefined) nano.message = 'New File';
  else {
    nano.lines = text.split('\n');
    nano.message = `Read ${plural(text.endsWith('\n') || text === '' ? nano.lines.length - 1 : nano.lines.length)}`;
  }
  nano.saved = nano.lines;
  place(nano, 0, 0);
}

const textOf = ({ lines }: Nano): string =>
  lines.length === 1 && lines[0] === '' ? '' : lines.at(-1) === '' ? lines.join('\n') : `${lines.join('\n')}\n`;

/** True when the file was written. */
export function write(nano: Nano, path: string): boolean {
  if (path === '') return false;
  const text = textOf(nano);
  try {
    nano.host.write(path, text);
  } catch (error) {
    nano.message = `Error writing ${path}: ${error instanceof Error ? error.message : String(error)}`;
    return false;
  }
  nano.path = path;
  nano.saved = nano.lines;
  nano.message = `Wrote ${plural((text.match(/\n/g) ?? []).length)}`;
  return true;
}

const CANCEL = ['^C', 'Cancel'] as const;

/** Asks under which name to write; the proposal can be edited. */
export function askWrite(nano: Nano, then: () => void = () => undefined): void {
  nano.question = {
    label: 'File Name to Write: ',
    answer: nano.path ?? '',
    keys: [['^G', 'Help'], CANCEL],
    accept: (answer) => {
      if (write(nano, answer)) then();
    },
  };
}

export function askExit(nano: Nano): void {
  const leave = () => {
    nano.finished = true;
  };
  if (!isModified(nano)) {
    leave();
    return;
  }
  nano.question = {
    label: 'Save modified buffer? ',
    answer: '',
    keys: [[' Y', 'Yes'], [' N', 'No'], CANCEL],
    choose: (key) => {
      if (!/^[yn]$/i.test(key)) return false;
      nano.question = undefined;
      if (/n/i.test(key)) leave();
      else askWrite(nano, leave);
      return true;
    },
    accept: () => undefined,
  };
}

export function insertFile(nano: Nano, path: string, insert: (text: string) => void): void {
  const text = nano.host.read(path);
  if (text === undefined) nano.message = `File "${path}" not found`;
  else insert(text);
}
