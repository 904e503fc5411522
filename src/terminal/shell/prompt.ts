import type { Shell } from './shell.ts';
import { ansiString } from './syntax/ansi-quotes.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The backslash escapes of PS1. */
export function expandPrompt(shell: Shell, text: string): string {
  const time = new Date(shell.process.clock.now());
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`;
  const host = shell.process.machine.hostname;
  const directory = tildeOf(shell);
  const values: Readonly<Record<string, string>> = {
    u: shell.process.credentials.user,
    h: host.split('.')[0] ?? host,
    H: host,
    w: directory,
    W: directory === '~' || directory === '/' ? directory : directory.slice(directory.lastIndexOf('/') + 1),
    $: shell.process.credentials.uid === 0 ? '#' : '$',
    n: '\n',
    r: '\r',
    s: shell.name.replace(/.*\/|^-/g, ''),
    t: `${clock}:${two(time.getUTCSeconds())}`,
    A: clock,
    d: `${DAYS[time.getUTCDay()]} ${MONTHS[time.getUTCMonth()]} ${two(time.getUTCDate())}`,
    j: String(shell.jobs.length),
    l: 'pts/0',
    v: '5.2',
    V: '5.2.21',
    '!': String(shell.history.length + 1),
    '#': String(shell.history.length + 1),
    '[': '\x01',
    ']': '\x02',
    a: '\x07',
    e: '\x1b',
    '\\': '\\',
  };
  return text.replace(/\\(\d{3}|[\s\S])/g, (all, key: string) => values[key] ?? (/^\d{3}$/.test(key) ? ansiString(all) : all));
}

/** The working directory, home as `~`. */
export function tildeOf(shell: Shell): string {
  const home = shell.variables.get('HOME');
  const { cwd } = shell.process;
  if (!home || home === '/') return cwd;
  return cwd === home ? '~' : cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd;
}
