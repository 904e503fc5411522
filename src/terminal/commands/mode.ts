/** `644`, `u+x,go-w`, `a=rX`, `+x` applied to a mode; undefined when it cannot be read. */
export function parseMode(text: string, current: number, directory: boolean, umask = 0o022): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = current;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (!match) return undefined;
    const [, who = '', actions = ''] = match;
    for (const [, operator = '', permissions = ''] of actions.matchAll(/([-+=])([rwxXst]*|[ugo])/g)) {
      mode = applyAction(mode, { who, operator, permissions, directory, umask });
    }
  }
  return mode;
}

interface Action {
  readonly who: string;
  readonly operator: string;
  readonly permissions: string;
  readonly directory: boolean;
  readonly umask: number;
}

const SHIFT: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 };

function applyAction(mode: number, { who, operator, permissions, directory, umask }: Action): number {
  const classes = who === '' || who.includes('a') ? ['u', 'g', 'o'] : [...who];
  const triple = permissionBits(permissions, mode, directory);
  let bits = 0;
  let field = 0;
  for (const one of classes) {
    const shift = SHIFT[one] ?? 0;
    bits |= triple << shift;
    field |= 7 << shift;
  }
  if (permissions.includes('s')) bits |= (classes.includes('u') ? 0o4000 : 0) | (classes.includes('g') ? 0o2000 : 0);
  if (permissions.includes('t')) bits |= 0o1000;
  if (who === '') bits &= ~umask;
  if (operator === '+') return mode | bits;
  if (operator === '-') return mode & ~bits;
  return (mode & ~field) | bits;
}

function permissionBits(permissions: string, mode: number, directory: boolean): number {
  if (/^[ugo]$/.test(permissions)) return (mode >> (SHIFT[permissions] ?? 0)) & 7;
  let bits = 0;
  if (permissions.includes('r')) bits |= 4;
  if (permissions.includes('w')) bits |= 2;
  if (permissions.includes('x') || (permissions.includes('X') && (directory || (mode & 0o111) !== 0))) bits |= 1;
  return bits;
}

const TYPES: Readonly<Record<string, string>> = { file: '-', directory: 'd', symlink: 'l', device: 'c', fifo: 'p', socket: 's' };

/** drwxr-xr-x */
export function modeString(type: string, mode: number): string {
  const triples = [6, 3, 0].map((shift) => {
    const bits = (mode >> shift) & 7;
    const special = shift === 6 ? mode & 0o4000 : shift === 3 ? mode & 0o2000 : mode & 0o1000;
    const letter = shift === 0 ? 't' : 's';
    const execute = special ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${execute}`;
  });
  return (TYPES[type] ?? '-') + triples.join('');
}
