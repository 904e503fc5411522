import { executablesOf } from '../editor/candidates.ts';
import { glob } from '../expansion/glob.ts';
import { callFunction } from '../run/compound.ts';
import type { Shell } from '../shell.ts';
import { type Builtins, options } from './builtin.ts';
import { splitInput } from './read-line.ts';
import { builtins } from './registry.ts';

const LIMITS = [
  '-t: cpu time (seconds)              unlimited',
  '-f: file size (blocks)              unlimited',
  '-n: file descriptors                1024',
  '-u: processes                       512',
];

export const sundryBuiltins: Builtins = {
  async times(shell) {
    await shell.print('0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n');
    return 0;
  },
  async ulimit(shell, args) {
    if (args.includes('-n')) await shell.print('1024\n');
    else if (args.includes('-u')) await shell.print('512\n');
    else if (args.includes('-a')) await shell.print(`${LIMITS.join('\n')}\n`);
    else await shell.print('unlimited\n');
    return 0;
  },
  async history(shell, args) {
    if (args[0] === '-c') {
      shell.history = [];
      return 0;
    }
    if (args[0]?.startsWith('-')) return 0;
    const count = args[0] === undefined ? shell.history.length : Number(args[0]);
    if (Number.isNaN(count)) {
      await shell.complain(`history: ${args[0]}: numeric argument required`);
      return 1;
    }
    const first = Math.max(0, shell.history.length - count);
    await shell.print(
      shell.history
        .slice(first)
        .map((line, i) => `${String(first + i + 1).padStart(5)}  ${line}\n`)
        .join(''),
    );
    return 0;
  },
  async caller(shell) {
    if (shell.functionNames.length === 0) return 1;
    await shell.print(`${shell.line} ${shell.functionNames.at(-2) ?? 'main'} ${shell.name}\n`);
    return 0;
  },
  async complete(shell, args) {
    const parsed = await options(shell, 'complete', args, 'abcdefgjksuvo:A:G:W:F:C:X:P:S:prDEI');
    if (!parsed) return 2;
    const { flags, rest } = parsed;
    if (flags.has('r')) for (const name of rest) shell.completions.delete(name);
    else if (flags.has('p') || rest.length === 0)
      for (const [name, spec] of shell.completions) await shell.print(`complete ${spec.function ? `-F ${spec.function} ` : ''}${name}\n`);
    else
      for (const name of rest)
        shell.completions.set(name, {
          ...(flags.has('W') ? { words: flags.get('W') ?? '' } : {}),
          ...(flags.has('F') ? { function: flags.get('F') ?? '' } : {}),
        });
    return 0;
  },
  async compgen(shell, args) {
    const parsed = await options(shell, 'compgen', args, 'abcdefgjksuvo:A:G:W:F:C:X:P:S:');
    if (!parsed) return 2;
    const { flags, rest } = parsed;
    const [prefix = ''] = rest;
    const words: string[] = [];
    if (flags.has('W')) words.push(...splitInput(flags.get('W') ?? '', shell.ifs, Number.POSITIVE_INFINITY));
    if (flags.has('a')) words.push(...shell.aliases.keys());
    if (flags.has('b')) words.push(...builtins.keys());
    if (flags.has('c')) words.push(...shell.aliases.keys(), ...shell.functions.keys(), ...builtins.keys(), ...executablesOf(shell));
    if (flags.has('v')) words.push(...shell.variables.names());
    if (flags.get('A') === 'function') words.push(...shell.functions.keys());
    if (flags.has('f') || flags.has('d')) words.push(...filesFrom(shell, prefix, flags.has('d')));
    if (flags.has('F')) {
      await callFunction(shell, flags.get('F') ?? '', ['compgen', prefix, '']);
      words.push(...(shell.variables.find('COMPREPLY')?.list?.values() ?? []));
    }
    const found = words.filter((w) => w.startsWith(prefix));
    await shell.print(found.map((w) => `${w}\n`).join(''));
    return found.length > 0 ? 0 : 1;
  },
  compopt: () => 0,
  bind: () => 0,
  fc: async (shell) => {
    await shell.complain('fc: kubeproctor does not simulate the history editor');
    return 1;
  },
};

function filesFrom(shell: Shell, prefix: string, directories: boolean): string[] {
  const { process } = shell;
  const files = process.machine.files.as(process.credentials);
  return glob(files, process.cwd, `${prefix.replace(/[\\*?[\]]/g, '\\$&')}*`).filter(
    (path) => !directories || files.stat(process.path(path)).type === 'directory',
  );
}
