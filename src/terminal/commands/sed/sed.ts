import { FileError, type Source } from '../../../machine/index.ts';
import { captureOutput } from '../capture.ts';
import { chomp, openInput, readText } from '../input.ts';
import { createOutput } from '../output.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { executeSed, type SedWorld } from './execute.ts';
import { createSedInput } from './input.ts';
import { parseScript } from './parse-script.ts';
import { type SedCommand, SedError } from './script.ts';

export const sed = defineUtility({
  names: ['sed'],
  options:
    'n,quiet,silent debug e,expression= f,file= follow-symlinks i,in-place? l,line-length= posix E,r,regexp-extended s,separate sandbox u,unbuffered z,null-data',
  package: '(GNU sed) 4.9',
  usage: 'sed [OPTION]... {script-only-if-no-other-script} [input-file]...',
  hint: () =>
    'Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n\n  -n, --quiet, --silent\n                 suppress automatic printing of pattern space\n',
  async run(u) {
    const operands = [...u.operands];
    const script = await scriptOf(u, operands);
    try {
      const commands = parseScript(script, { extended: u.options.has('E') });
      if (u.options.has('i')) for (const name of operands) await editInPlace(u, commands, name);
      else if (u.options.has('s')) for (const name of operands) u.status = await executeSed(createWorld(u, [name], u.print), commands);
      else {
        const status = await executeSed(createWorld(u, operands.length > 0 ? operands : ['-'], u.print), commands);
        u.status = status || u.status;
      }
    } catch (error) {
      if (error instanceof SedError) throw new Failure(error.message);
      throw error;
    }
  },
});

async function scriptOf(u: Invocation, operands: string[]): Promise<string> {
  const parts: string[] = [];
  for (const { key, value = '' } of u.options.given) {
    if (key === 'e') parts.push(value);
    if (key === 'f') {
      try {
        parts.push(chomp(await readText(openInput(u.process, value))).replace(/^#!.*\n/, ''));
      } catch (error) {
        if (error instanceof FileError) throw new Failure(`couldn't open file ${value}: ${error.message}`);
        throw error;
      }
    }
  }
  if (parts.length > 0) return parts.join('\n');
  const script = operands.shift();
  if (script === undefined) throw new Failure('', { usage: true });
  return script;
}

async function* openAll(u: Invocation, names: readonly string[]): AsyncGenerator<{ name: string; source: Source }> {
  for (const name of names) {
    try {
      yield { name, source: openInput(u.process, name) };
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await u.process.error(
        error.code === 'EISDIR' ? `sed: couldn't read ${name}: ${error.message}\n` : `sed: can't read ${name}: ${error.message}\n`,
      );
      u.status = 2;
    }
  }
}

function createWorld(u: Invocation, names: readonly string[], print: (text: string) => Promise<void>): SedWorld {
  const outputs = new Map<string, (text: string) => void | Promise<void>>();
  let missingNewline = false;
  const cursors = new Map<string, string[]>();
  const readFile = (name: string): string => {
    const path = u.process.path(name);
    return u.files.exists(path) ? u.files.readText(path) : '';
  };
  return {
    invocation: u,
    input: createSedInput(openAll(u, names), u.options.has('z') ? '\0' : '\n'),
    quiet: u.options.has('n'),
    nullData: u.options.has('z'),
    print: async (text) => {
      await print((missingNewline ? '\n' : '') + text);
      missingNewline = text !== '' && !/[\n\0]$/.test(text);
    },
    readFile,
    readLineOf(name) {
      const lines = cursors.get(name) ?? chomp(readFile(name)).split('\n');
      cursors.set(name, lines);
      return lines.shift();
    },
    async writeFile(name, text) {
      const write = outputs.get(name) ?? createOutput(u.process, name);
      outputs.set(name, write);
      await write(text);
    },
    runShell: (command) => captureOutput(u.process, ['sh', '-c', command]),
  };
}

async function editInPlace(u: Invocation, commands: readonly SedCommand[], name: string): Promise<void> {
  const path = u.process.path(name);
  try {
    const stat = u.files.stat(path);
    if (stat.type !== 'file') throw new Failure(`couldn't edit ${name}: not a regular file`, { status: 4 });
    const before = u.files.read(path);
    let text = '';
    const status = await executeSed(
      createWorld(u, [name], async (piece) => {
        text += piece;
      }),
      commands,
    );
    const suffix = u.options.value('i');
    if (suffix) u.files.write(u.process.path(suffix.includes('*') ? suffix.replace('*', name) : name + suffix), before, { mode: stat.mode });
    u.files.write(path, text);
    u.status = status || u.status;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await u.process.error(
      error.code === 'ENOENT' ? `sed: can't read ${name}: ${error.message}\n` : `sed: couldn't open file ${name}: ${error.message}\n`,
    );
    u.status = error.code === 'ENOENT' ? 2 : 4;
  }
}
