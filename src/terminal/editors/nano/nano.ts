import { FileError, type Process } from '../../../machine/index.ts';
import { type Command, defineCommand } from '../../define-command.ts';
import { runFullScreen } from '../full-screen.ts';
import type { Key } from '../keys.ts';
import { editWithOwn } from '../own-editor.ts';
import { open } from './files.ts';
import { pressKey } from './press.ts';
import { drawNano } from './screen.ts';
import { createNano, type Nano, type NanoHost, place } from './state.ts';

export const nano: Command = defineCommand({ names: ['nano', 'pico', 'rnano'], run: runNano });

/** The model without a screen: Escape turns the next key into a Meta key. */
export function openNano(host: NanoHost, path?: string): { nano: Nano; press(key: Key): void } {
  const model = createNano(host);
  if (path !== undefined) open(model, path);
  let meta = false;
  return {
    nano: model,
    press: (key) => {
      if (key === '<Esc>' && !meta && !model.question) {
        meta = true;
        return;
      }
      pressKey(model, key, meta);
      meta = false;
    },
  };
}

async function runNano(process: Process): Promise<number> {
  const words = process.argv.slice(1);
  const { paths, start, flags, tabSize } = parseArguments(words);
  if (!flags.has('v')) {
    const own = await editWithOwn(process, paths);
    if (own !== undefined) return own;
  }
  if (!process.stdin.tty) {
    await process.error('Standard input is not a terminal\n');
    return 1;
  }
  const host = hostOf(process);
  for (const path of paths.length > 0 ? paths : [undefined]) {
    const { nano: model, press } = openNano(host, path);
    model.readonly = flags.has('v');
    model.numbers = flags.has('l');
    model.autoindent = flags.has('i');
    model.tabsToSpaces = flags.has('E');
    model.tabSize = tabSize;
    if (start) place(model, start - 1, 0);
    await runFullScreen(process, {
      press,
      draw: ({ columns, rows }) => drawNano(model, columns, rows),
      get finished() {
        return model.finished;
      },
    });
  }
  return 0;
}

interface Arguments {
  readonly paths: readonly string[];
  readonly start: number | undefined;
  readonly flags: ReadonlySet<string>;
  readonly tabSize: number;
}

const LONG: Readonly<Record<string, string>> = { '--view': 'v', '--linenumbers': 'l', '--autoindent': 'i', '--tabstospaces': 'E' };

function parseArguments(words: string[]): Arguments {
  const paths: string[] = [];
  const flags = new Set<string>();
  let start: number | undefined;
  let tabSize = 8;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (/^\+\d+/.test(word)) start = Number.parseInt(word.slice(1), 10);
    else if (word === '-T') tabSize = Number(words.shift()) || 8;
    else if (word.startsWith('--tabsize=')) tabSize = Number(word.slice(10)) || 8;
    else if (word.startsWith('--')) flags.add(LONG[word] ?? word);
    else if (word.startsWith('-') && word.length > 1) for (const flag of word.slice(1)) flags.add(flag);
    else paths.push(word);
  }
  return { paths, start, flags, tabSize };
}

function hostOf(process: Process): NanoHost {
  const files = process.machine.files.as(process.credentials);
  const full = (path: string) => process.path(path.replace(/^~(?=\/|$)/, process.credentials.home));
  return {
    read: (path) => (files.exists(full(path)) && files.stat(full(path)).type !== 'directory' ? files.readText(full(path)) : undefined),
    write(path, text) {
      try {
        files.write(full(path), text);
      } catch (error) {
        if (error instanceof FileError) throw new Error(error.message);
        throw error;
      }
    },
  };
}
