import type { Shell } from './shell.ts';

const MOST = 1000;

/** `!!`, `!n`, `!-n`, `!word`, `!?text?`, `!$`, `!^`, `!*` and `^old^new`; undefined when an event is not found (the message tells which). */
export function expandHistory(shell: Shell, line: string): { text: string; changed: boolean } | { missing: string } {
  const quick = /^\^([^^]*)\^([^^]*)\^?$/.exec(line);
  const last = shell.history.at(-1);
  if (quick) {
    const [, from = '', to = ''] = quick;
    return last?.includes(from) ? { text: last.replace(from, to), changed: true } : { missing: `:s${line}: substitution failed` };
  }
  let text = '';
  let changed = false;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i] ?? '';
    if (char === '\\' && quote !== "'") {
      text += char + (line[++i] ?? '');
      continue;
    }
    if (char === quote) quote = '';
    else if (!quote && (char === "'" || char === '"')) quote = char;
    const found = char === '!' && quote !== "'" ? /^!(?:(!)|(-?\d+)|\?([^?]+)\??|([$^*])|([\w./-]+))/.exec(line.slice(i)) : null;
    if (!found) {
      text += char;
      continue;
    }
    const event = eventOf(shell, found);
    if (event === undefined) return { missing: `${found[0]}: event not found` };
    text += event;
    changed = true;
    i += found[0].length - 1;
  }
  return { text, changed };
}

function eventOf(shell: Shell, [, double, number, inside, word, start]: RegExpExecArray): string | undefined {
  const { history } = shell;
  const last = history.at(-1);
  if (double) return last;
  if (number) return Number(number) < 0 ? history.at(Number(number)) : history[Number(number) - 1];
  if (inside) return history.findLast((line) => line.includes(inside));
  const words = last?.split(/\s+/);
  if (word) return word === '$' ? words?.at(-1) : word === '^' ? words?.[1] : words?.slice(1).join(' ');
  return history.findLast((line) => line.startsWith(start ?? ''));
}

export function remember(shell: Shell, line: string): void {
  const control = shell.variables.get('HISTCONTROL') ?? '';
  if (line.trim() === '' || (/ignore(space|both)/.test(control) && line.startsWith(' '))) return;
  if (/ignore(dups|both)/.test(control) && shell.history.at(-1) === line) return;
  shell.history.push(line.trimEnd());
  if (shell.history.length > MOST) shell.history.shift();
}

const fileOf = (shell: Shell): string => shell.variables.get('HISTFILE') ?? `${shell.variables.get('HOME') ?? ''}/.bash_history`;

export function loadHistory(shell: Shell): void {
  const files = shell.process.machine.files.as(shell.process.credentials);
  if (files.exists(fileOf(shell))) shell.history = files.readText(fileOf(shell)).split('\n').filter(Boolean);
}

export function saveHistory(shell: Shell): void {
  try {
    const files = shell.process.machine.files.as(shell.process.credentials);
    if (shell.history.length > 0) files.write(fileOf(shell), `${shell.history.join('\n')}\n`, { mode: 0o600 });
  } catch {
    // A home that cannot be written keeps no history.
  }
}
