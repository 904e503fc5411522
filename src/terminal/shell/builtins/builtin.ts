import type { Shell } from '../shell.ts';

/** `args` without the name. */
export type Builtin = (shell: Shell, args: readonly string[], name: string) => number | Promise<number>;

export type Builtins = Readonly<Record<string, Builtin>>;

/** Splits leading option letters off: `-xvf -- a b`. Letters with a colon take a value. Undefined, after a message, for an unknown one. */
export async function options(
  shell: Shell,
  name: string,
  args: readonly string[],
  letters: string,
  usage = '',
): Promise<{ flags: Map<string, string>; rest: string[] } | undefined> {
  const flags = new Map<string, string>();
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      i++;
      break;
    }
    if (!/^-./.test(arg)) break;
    for (let j = 1; j < arg.length; j++) {
      const letter = arg[j] ?? '';
      const at = letters.indexOf(letter);
      if (at < 0 || letter === ':') {
        await shell.complain(`${name}: -${letter}: invalid option`);
        if (usage) await shell.error(`${name}: usage: ${usage}\n`);
        return undefined;
      }
      if (letters[at + 1] !== ':') flags.set(letter, '');
      else {
        const value = arg.slice(j + 1) || args[++i];
        if (value === undefined) {
          await shell.complain(`${name}: -${letter}: option requires an argument`);
          if (usage) await shell.error(`${name}: usage: ${usage}\n`);
          return undefined;
        }
        flags.set(letter, value);
        break;
      }
    }
  }
  return { flags, rest: args.slice(i) };
}

export const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
