import { DEFAULT_PATH, FileError, findOnPath } from '../../../machine/index.ts';
import { evaluateIn } from '../expansion/expand.ts';
import { returned } from '../run/compound.ts';
import { runScript } from '../run/script.ts';
import type { Shell } from '../shell.ts';
import { Leave, LoopJump, Return, ShellFailure } from '../signals-of-flow.ts';
import { type Builtin, type Builtins, isName } from './builtin.ts';

const MAX_SOURCE_DEPTH = 200;

const jump =
  (kind: 'break' | 'continue'): Builtin =>
  async (shell, [levels = '1']) => {
    if (shell.loopDepth === 0) {
      await shell.complain(`${kind}: only meaningful in a \`for', \`while', or \`until' loop`);
      return 0;
    }
    if (!/^\d+$/.test(levels)) throw new ShellFailure(`${kind}: ${levels}: numeric argument required`, { code: 128, fatal: true });
    if (Number(levels) < 1) throw new ShellFailure(`${kind}: ${levels}: loop count out of range`);
    throw new LoopJump(kind, Number(levels));
  };

async function numeric(shell: Shell, name: string, text: string | undefined): Promise<number> {
  if (text === undefined) return shell.status;
  if (/^\s*[-+]?\d+\s*$/.test(text)) return Number(BigInt.asUintN(8, BigInt(text.trim().replace('+', ''))));
  await shell.complain(`${name}: ${text}: numeric argument required`);
  return 2;
}

const source: Builtin = async (shell, args, name) => {
  const [file, ...rest] = args;
  if (file === undefined) {
    await shell.complain(`${name}: filename argument required`);
    await shell.error(`${name}: usage: ${name} filename [arguments]\n`);
    return 2;
  }
  const { process } = shell;
  const files = process.machine.files.as(process.credentials);
  const here =
    file.includes('/') || files.exists(process.path(file))
      ? process.path(file)
      : findOnPath(files, file, shell.variables.get('PATH') ?? DEFAULT_PATH, (p) => process.path(p));
  try {
    const text = files.readText(here ?? process.path(file));
    return await runSourced(shell, text, rest);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await shell.complain(error.code === 'EISDIR' ? `${name}: ${file}: is a directory` : `${file}: ${error.message}`);
    return 1;
  }
};

export async function runSourced(shell: Shell, text: string, args: readonly string[] = []): Promise<number> {
  if (++shell.sourceDepth > MAX_SOURCE_DEPTH)
    throw new ShellFailure(`source: maximum source nesting level exceeded (${MAX_SOURCE_DEPTH})`, { fatal: true });
  const { positional, line } = shell;
  if (args.length > 0) shell.positional = [...args];
  try {
    return await runScript(shell, text);
  } catch (error) {
    return returned(error);
  } finally {
    shell.sourceDepth--;
    shell.line = line;
    if (args.length > 0) shell.positional = positional;
  }
}

export const flowBuiltins: Builtins = {
  ':': () => 0,
  true: () => 0,
  false: () => 1,
  break: jump('break'),
  continue: jump('continue'),
  async exit(shell, [code]) {
    if (shell.interactive && !shell.posix) await shell.error(shell.isLogin ? 'logout\n' : 'exit\n');
    throw new Leave(await numeric(shell, 'exit', code));
  },
  async logout(shell, [code]) {
    if (!shell.isLogin) {
      await shell.complain("logout: not login shell: use `exit'");
      return 1;
    }
    throw new Leave(await numeric(shell, 'logout', code));
  },
  async return(shell, [code]) {
    const value = await numeric(shell, 'return', code);
    if (shell.functionNames.length > 0 || shell.sourceDepth > 0) throw new Return(value);
    await shell.complain("return: can only `return' from a function or sourced script");
    return 2;
  },
  async shift(shell, [count = '1']) {
    const n = Number(count);
    if (!/^[-+]?\d+$/.test(count)) {
      await shell.complain(`shift: ${count}: numeric argument required`);
      return 1;
    }
    if (n < 0) {
      await shell.complain(`shift: ${count}: shift count out of range`);
      return 1;
    }
    if (n > shell.positional.length) return 1;
    shell.positional = shell.positional.slice(n);
    return 0;
  },
  eval: (shell, args) => (args.length === 0 ? 0 : runScript(shell, args.join(' '), { from: 'eval', firstLine: shell.line || 1 })),
  source,
  '.': source,
  async let(shell, args) {
    if (args.length === 0) {
      await shell.complain('let: expression expected');
      return 1;
    }
    let value = 0n;
    for (const expression of args) {
      try {
        value = evaluateIn(shell, expression);
      } catch (error) {
        if (error instanceof ShellFailure) throw new ShellFailure(`let: ${error.message}`);
        throw error;
      }
    }
    return value === 0n ? 1 : 0;
  },
  async getopts(shell, [spec = '', name = '', ...given]) {
    if (!isName(name)) {
      await shell.error('getopts: usage: getopts optstring name [arg ...]\n');
      return 2;
    }
    return getopts(shell, spec, name, given.length > 0 ? given : shell.positional);
  },
};

const offsets = new WeakMap<Shell, { index: number; offset: number }>();

async function getopts(shell: Shell, spec: string, name: string, args: readonly string[]): Promise<number> {
  const index = Number(shell.variables.get('OPTIND') ?? 1);
  const known = offsets.get(shell);
  let offset = known?.index === index ? known.offset : 1;
  const arg = args[index - 1];
  const finish = (next: number, at: number) => {
    offsets.set(shell, { index: next, offset: at });
    shell.variables.set('OPTIND', String(next));
  };
  if (arg === undefined || !/^-./.test(arg) || arg === '--') {
    finish(arg === '--' ? index + 1 : index, 1);
    shell.variables.set(name, '?');
    return 1;
  }
  const letter = arg[offset++] ?? '';
  const silent = spec.startsWith(':');
  const at = letter === ':' ? -1 : spec.indexOf(letter, silent ? 1 : 0);
  const ends = offset >= arg.length;
  shell.variables.unset('OPTARG');
  if (at < 0) {
    if (silent) shell.variables.set('OPTARG', letter);
    else await shell.error(`${shell.name}: illegal option -- ${letter}\n`);
    shell.variables.set(name, '?');
  } else if (spec[at + 1] === ':') {
    const value = ends ? args[index] : arg.slice(offset);
    if (value === undefined) {
      if (silent) shell.variables.set('OPTARG', letter);
      else await shell.error(`${shell.name}: option requires an argument -- ${letter}\n`);
      shell.variables.set(name, silent ? ':' : '?');
      finish(index + 1, 1);
      return 0;
    }
    shell.variables.set('OPTARG', value);
    shell.variables.set(name, letter);
    finish(index + (ends ? 2 : 1), 1);
    return 0;
  } else shell.variables.set(name, letter);
  if (ends) finish(index + 1, 1);
  else finish(index, offset);
  return 0;
}
