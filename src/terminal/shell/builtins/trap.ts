import { SIGNALS, type SignalName, signalNamed } from '../../../machine/index.ts';
import { singleQuote } from '../quote.ts';
import { setTrap } from '../run/traps.ts';
import type { Shell } from '../shell.ts';
import type { Builtins } from './builtin.ts';

const PSEUDO = new Set(['EXIT', 'ERR', 'DEBUG', 'RETURN']);

function trapName(text: string): string | undefined {
  if (text === '0') return 'EXIT';
  const upper = text.toUpperCase().replace(/^SIG(?=EXIT|ERR|DEBUG|RETURN)/, '');
  return PSEUDO.has(upper) ? upper : signalNamed(text);
}

const order = (name: string): number => (name === 'EXIT' ? 0 : (SIGNALS[name as SignalName] ?? 99));

async function show(shell: Shell, wanted: readonly string[]): Promise<number> {
  const names = [...shell.traps.keys()].filter((n) => wanted.length === 0 || wanted.some((w) => trapName(w) === n));
  for (const name of names.sort((a, b) => order(a) - order(b))) await shell.print(`trap -- ${singleQuote(shell.traps.get(name) ?? '')} ${name}\n`);
  return 0;
}

export const trapBuiltins: Builtins = {
  async trap(shell, args) {
    if (args.length === 0) return show(shell, []);
    if (args[0] === '-p') return show(shell, args.slice(1));
    if (args[0] === '-l') {
      await shell.print(
        `${Object.entries(SIGNALS)
          .map(([name, n]) => `${String(n).padStart(2)}) ${name}`)
          .join('\n')}\n`,
      );
      return 0;
    }
    const words = args[0] === '--' ? args.slice(1) : args;
    const resets = words[0] === '-' || words.length === 1 || /^\d+$/.test(words[0] ?? '');
    const names = words[0] === '-' || !resets ? words.slice(1) : words;
    let code = 0;
    for (const text of names) {
      const name = trapName(text);
      if (name) setTrap(shell, name, resets ? undefined : words[0]);
      else {
        await shell.complain(`trap: ${text}: invalid signal specification`);
        code = 1;
      }
    }
    return code;
  },
};
