import { groupName, userName } from '../accounts.ts';
import { directoryName } from '../file-name.ts';
import { modeString } from '../mode.ts';
import { quote } from '../quoting.ts';
import { confirm } from '../rm.ts';
import { strftime } from '../strftime.ts';
import { Failure, type Invocation, runChild } from '../utility.ts';
import type { Found, Reader, Test } from './expression.ts';

export function actionOf(reader: Reader, word: string, next: () => string): Test | undefined {
  const u = reader.invocation;
  switch (word) {
    case '-prune':
      return (_, walk) => {
        walk.prune = true;
        return true;
      };
    case '-print':
    case '-print0': {
      reader.acts = true;
      const end = word === '-print' ? '\n' : '\0';
      return async ({ shown }) => {
        await u.print(shown + end);
        return true;
      };
    }
    case '-printf': {
      reader.acts = true;
      const format = next();
      return async (found) => {
        await u.print(formatFound(u, format, found));
        return true;
      };
    }
    case '-ls':
      reader.acts = true;
      return async (found) => {
        await u.print(formatFound(u, '%9i %6k %M %3n %-8u %-8g %8s %Tb %Td %TH:%TM %p\n', found));
        return true;
      };
    case '-quit':
      reader.acts = true;
      return (_, walk) => {
        walk.quit = true;
        return true;
      };
    case '-delete':
      reader.acts = true;
      reader.depthFirst = true;
      return ({ shown, path, start }) =>
        shown === start && start === '.' ? true : u.tolerate(`cannot delete ‘${shown}’`, () => u.files.remove(path, { recursive: false }));
    case '-exec':
    case '-execdir':
    case '-ok':
      reader.acts = true;
      return execAction(reader, word);
    default:
      return undefined;
  }
}

function execAction(reader: Reader, word: string): Test {
  const u = reader.invocation;
  const end = reader.words.findIndex((part, i) => part === ';' || (part === '+' && reader.words[i - 1] === '{}'));
  if (end < 0) throw new Failure(`missing argument to \`${word}'`);
  const [...command] = reader.words.splice(0, end + 1);
  const many = command.pop() === '+';
  const fill = (shown: string) => command.map((part) => part.replaceAll('{}', shown));
  if (many) {
    const collected: string[] = [];
    reader.finish.push(async () => {
      if (collected.length === 0) return;
      const code = await runChild(u, [...command.slice(0, -1), ...collected], {}, quote);
      if (code !== 0) u.status = 1;
    });
    return ({ shown }) => collected.push(shown) > 0;
  }
  return async ({ shown, path, name }) => {
    const argv = fill(word === '-execdir' ? `./${name}` : shown);
    if (word === '-ok' && !(await confirm({ ...u, name: '<' }, `${argv.join(' ')} > ?`))) return false;
    return (await runChild(u, argv, word === '-execdir' ? { cwd: directoryName(path) } : {}, quote)) === 0;
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', '\\': '\\' };

function formatFound(u: Invocation, format: string, found: Found): string {
  return format.replace(/\\(.)|%([-\d]*)(T.|.)/gs, (whole, special: string | undefined, width: string, letter: string) => {
    if (special !== undefined) return ESCAPES[special] ?? whole;
    const text = field(u, letter, found) ?? whole;
    const size = Number(width || '0');
    return size < 0 ? text.padEnd(-size) : text.padStart(size);
  });
}

function field({ process: { machine } }: Invocation, letter: string, { shown, name, stat, depth, start, path }: Found): string | undefined {
  const values = new Map<string, () => string>([
    ['p', () => shown],
    ['f', () => name],
    ['h', () => directoryName(shown)],
    ['P', () => (shown === start ? '' : shown.slice(start.length + (start.endsWith('/') ? 0 : 1)))],
    ['s', () => String(stat.size)],
    ['k', () => String(Math.ceil(stat.size / 1024))],
    ['d', () => String(depth)],
    ['i', () => String(stat.inode)],
    ['n', () => String(stat.links)],
    ['m', () => stat.mode.toString(8)],
    ['M', () => modeString(stat.type, stat.mode)],
    ['u', () => userName(machine, stat.uid)],
    ['g', () => groupName(machine, stat.gid)],
    ['U', () => String(stat.uid)],
    ['G', () => String(stat.gid)],
    ['y', () => ({ file: 'f', directory: 'd', symlink: 'l', device: 'c', fifo: 'p', socket: 's' })[stat.type]],
    ['l', () => (stat.type === 'symlink' ? machine.files.readlink(path) : '')],
    ['t', () => strftime('%a %b %e %H:%M:%S.%N %Y', stat.mtime)],
    ['%', () => '%'],
  ]);
  if (letter.startsWith('T')) return letter === 'T@' ? (stat.mtime / 1000).toFixed(10) : strftime(`%${letter.slice(1)}`, stat.mtime);
  return values.get(letter)?.();
}
