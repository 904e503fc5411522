import { escapeRegex } from './posix-regex.ts';

/** A shell pattern (`*`, `?`, `[…]`) as an expression that matches the whole text. */
export function globRegex(glob: string, { ignoreCase = false, slashes = true } = {}): RegExp {
  let out = '';
  for (let i = 0; i < glob.length; i++) {
    const character = glob.charAt(i);
    if (character === '*') out += slashes ? '.*' : '[^/]*';
    else if (character === '?') out += slashes ? '.' : '[^/]';
    else if (character === '\\' && i + 1 < glob.length) out += escapeRegex(glob.charAt(++i));
    else if (character === '[') {
      const set = /^\[[!^]?\]?(?:\[:\w+:\]|[^\]])*\]/.exec(glob.slice(i))?.[0];
      if (set === undefined) out += '\\[';
      else {
        out += characterSet(set);
        i += set.length - 1;
      }
    } else out += escapeRegex(character);
  }
  return new RegExp(`^${out}$`, `s${ignoreCase ? 'i' : ''}`);
}

const NAMED: Readonly<Record<string, string>> = { alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s' };

function characterSet(set: string): string {
  const body = set.slice(1, -1).replace(/^!/, '^');
  const negated = body.startsWith('^');
  const members = (negated ? body.slice(1) : body)
    .replace(/\[:(\w+):\]/g, (_, name: string) => `\0${NAMED[name] ?? ''}\0`)
    .split('\0')
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[\\\]^[]/g, '\\$&')))
    .join('');
  return `[${negated ? '^' : ''}${members}]`;
}
