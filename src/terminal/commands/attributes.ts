import { findGroup, groupName, userName } from './accounts.ts';
import { joinPath } from './file-name.ts';
import { modeString, parseMode } from './mode.ts';
import { quote, shellQuote } from './quoting.ts';
import { strftime } from './strftime.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

function tree(u: Invocation, path: string): string[] {
  if (!u.options.has('R') || u.files.lstat(path).type !== 'directory') return [path];
  return [path, ...u.files.list(path).flatMap((name) => tree(u, joinPath(path, name)))];
}

export const chmod = defineUtility({
  names: ['chmod'],
  options: 'c,changes f,silent,quiet v,verbose R,recursive reference= preserve-root no-preserve-root',
  usage: 'chmod [OPTION]... MODE[,MODE]... FILE...',
  // A mode such as -x is an operand.
  rewrite: (args) => args.flatMap((word, i) => (/^-[rwxXst,ugoa+=-]+$/.test(word) && !args.slice(0, i).includes('--') ? ['--', word] : [word])),
  async run(u) {
    const [mode, ...names] = u.operands;
    if (mode === undefined) throw new Failure('missing operand', { usage: true });
    if (names.length === 0) throw new Failure(`missing operand after ${quote(mode)}`, { usage: true });
    if (parseMode(mode, 0, false) === undefined) throw new Failure(`invalid mode: ${quote(mode)}`, { usage: true });
    for (const name of names) {
      const path = u.process.path(name);
      if (!u.files.exists(path)) {
        await u.complain(`cannot access ${shellQuote(name)}: No such file or directory`);
        continue;
      }
      await u.tolerate(`changing permissions of ${shellQuote(name)}`, () => {
        for (const one of tree(u, path)) {
          const stat = u.files.stat(one);
          u.files.chmod(one, parseMode(mode, stat.mode, stat.type === 'directory') ?? stat.mode);
        }
      });
    }
  },
});

export const chown = defineUtility({
  names: ['chown', 'chgrp'],
  options: 'c,changes f,silent,quiet v,verbose R,recursive h,no-dereference reference= from= H L P',
  async run(u) {
    const [spec, ...names] = u.operands;
    if (spec === undefined) throw new Failure('missing operand', { usage: true });
    if (names.length === 0) throw new Failure(`missing operand after ${quote(spec)}`, { usage: true });
    const { uid, gid } = u.name === 'chgrp' ? { uid: undefined, gid: groupId(u, spec, spec) } : parseOwner(u, spec);
    for (const name of names) {
      const path = u.process.path(name);
      if (!u.files.exists(path)) {
        await u.complain(`cannot access ${shellQuote(name)}: No such file or directory`);
        continue;
      }
      await u.tolerate(`changing ${u.name === 'chgrp' ? 'group' : 'ownership'} of ${shellQuote(name)}`, () => {
        for (const one of tree(u, path)) {
          const stat = u.files.lstat(one);
          u.files.chown(one, uid ?? stat.uid, gid ?? stat.gid);
        }
      });
    }
  },
});

function parseOwner(u: Invocation, spec: string): { uid: number | undefined; gid: number | undefined } {
  const [user = '', group] = spec.split(/[:.]/);
  const found = user === '' ? undefined : u.process.machine.users.find(user);
  const uid = found?.uid ?? (/^\d+$/.test(user) ? Number(user) : undefined);
  if (user !== '' && uid === undefined) throw new Failure(`invalid user: ${quote(spec)}`);
  if (group === undefined) return { uid, gid: undefined };
  return { uid, gid: group === '' ? found?.gid : groupId(u, group, spec) };
}

function groupId(u: Invocation, group: string, spec: string): number {
  const gid = findGroup(u.process.machine, group);
  if (gid === undefined) throw new Failure(`invalid group: ${quote(spec)}`);
  return gid;
}

const KINDS: Readonly<Record<string, string>> = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  device: 'character special file',
  fifo: 'fifo',
  socket: 'socket',
};

export const stat = defineUtility({
  names: ['stat'],
  options: 'L,dereference f,file-system c,format= printf= t,terse',
  async run(u) {
    if (u.operands.length === 0) throw new Failure('missing operand', { usage: true });
    for (const name of u.operands) {
      await u.tolerate(`cannot statx ${shellQuote(name)}`, async () => {
        const format = u.options.value('c');
        const exact = u.options.value('printf');
        if (exact !== undefined) await u.print(formatStat(u, name, exact).replace(/\\n/g, '\n').replace(/\\t/g, '\t'));
        else await u.print(`${formatStat(u, name, format ?? LONG)}\n`);
      });
    }
  },
});

const LONG = `  File: %N
  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F
Device: 8,1\tInode: %-11i Links: %h
Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
Access: %x
Modify: %y
Change: %z
 Birth: %w`;

function formatStat(u: Invocation, name: string, format: string): string {
  const path = u.process.path(name);
  const s = u.options.has('L') ? u.files.stat(path) : u.files.lstat(path);
  const { machine } = u.process;
  const time = strftime('%Y-%m-%d %H:%M:%S.%N +0000', s.mtime);
  const link = s.type === 'symlink' ? ` -> ${u.files.readlink(path)}` : '';
  const values: Readonly<Record<string, string>> = {
    n: name,
    N: format === LONG ? name + link : `'${name}'${link}`,
    s: String(s.size),
    b: String(Math.ceil(s.size / 4096) * 8),
    B: '512',
    o: '4096',
    F: s.type === 'file' && s.size === 0 ? 'regular empty file' : (KINDS[s.type] ?? s.type),
    i: String(s.inode),
    h: String(s.links),
    a: s.mode.toString(8),
    A: modeString(s.type, s.mode),
    u: String(s.uid),
    U: userName(machine, s.uid),
    g: String(s.gid),
    G: groupName(machine, s.gid),
    x: time,
    y: time,
    z: time,
    w: time,
    X: String(Math.floor(s.mtime / 1000)),
    Y: String(Math.floor(s.mtime / 1000)),
    Z: String(Math.floor(s.mtime / 1000)),
    W: String(Math.floor(s.mtime / 1000)),
    '%': '%',
  };
  return format.replace(/%([-0]?)(\d*)(?:\.\d+)?([a-zA-Z%])/g, (whole, flag: string, width: string, letter: string) => {
    const text = values[letter] ?? whole;
    return flag === '-' ? text.padEnd(Number(width)) : text.padStart(Number(width || '0'), flag === '0' ? '0' : ' ');
  });
}

export const truncate = defineUtility({
  names: ['truncate'],
  options: 'c,no-create o r,reference= s,size=',
  async run(u) {
    const text = u.options.value('s');
    if (text === undefined) throw new Failure('you must specify either ‘--size’ or ‘--reference’', { usage: true });
    for (const name of u.operands) {
      await u.tolerate(`cannot open ${shellQuote(name)} for writing`, () => {
        const path = u.process.path(name);
        const before = u.files.exists(path) ? u.files.read(path) : new Uint8Array();
        const after = new Uint8Array(sizeFrom(text, before.length));
        after.set(before.subarray(0, after.length));
        u.files.write(path, after);
      });
    }
  },
});

function sizeFrom(text: string, current: number): number {
  const match = /^([-+]?)(\d+)([kKMG]?)B?$/.exec(text);
  if (!match) throw new Failure(`Invalid number: ${quote(text)}`);
  const amount = Number(match[2]) * 1024 ** ' KMG'.indexOf((match[3] || ' ').toUpperCase());
  return Math.max(0, match[1] === '+' ? current + amount : match[1] === '-' ? current - amount : amount);
}

export const ln = defineUtility({
  names: ['ln'],
  options: 's,symbolic f,force n,no-dereference i,interactive v,verbose r,relative t,target-directory= T,no-target-directory b',
  async run(u) {
    const [first] = u.operands;
    if (first === undefined) throw new Failure('missing file operand', { usage: true });
    const last = u.operands.length > 1 ? (u.operands.at(-1) ?? '.') : '.';
    const sources = u.operands.length > 1 ? u.operands.slice(0, -1) : u.operands;
    const lastPath = u.process.path(last);
    const keep = u.options.has('n') || u.options.has('T');
    const into = u.files.exists(lastPath) && (keep ? u.files.lstat(lastPath) : u.files.stat(lastPath)).type === 'directory' && !u.options.has('T');
    for (const source of sources) {
      const target = into ? joinPath(last, source.replace(/\/+$/, '').split('/').at(-1) ?? source) : last;
      const symbolic = u.options.has('s');
      const arrow = symbolic ? '->' : '=>';
      await u.tolerate(
        `failed to create ${symbolic ? 'symbolic' : 'hard'} link ${shellQuote(target)}${symbolic ? '' : ` => ${shellQuote(source)}`}`,
        async () => {
          const path = u.process.path(target);
          if (u.options.has('f') && linkExists(u, path)) u.files.remove(path);
          if (symbolic) u.files.symlink(source, path);
          else u.files.link(u.process.path(source), path);
          if (u.options.has('v')) await u.print(`${shellQuote(target)} ${arrow} ${shellQuote(source)}\n`);
        },
      );
    }
  },
});

function linkExists(u: Invocation, path: string): boolean {
  const slash = path.lastIndexOf('/');
  const parent = path.slice(0, slash) || '/';
  return u.files.exists(parent) && u.files.list(parent).includes(path.slice(slash + 1));
}
