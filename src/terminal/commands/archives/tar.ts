import { gzipSync } from 'node:zlib';
import { FileError, openSink, type Stat } from '../../../machine/index.ts';
import { groupName, userName } from '../accounts.ts';
import { joinPath } from '../file-name.ts';
import { globRegex } from '../glob.ts';
import { concatenate, openInput } from '../input.ts';
import { modeString } from '../mode.ts';
import { strftime } from '../strftime.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { extract } from './extract.ts';
import { ArchiveError, archiveEnd, type Member, packMember, unpackMembers } from './format.ts';
import { inflated } from './inflate.ts';

const OPTIONS =
  'c,create x,extract,get t,list z,gzip,gunzip f,file= C,directory= v,verbose p,preserve-permissions m,touch k,keep-old-files O,to-stdout h,dereference ' +
  'P,absolute-names o,no-same-owner same-owner no-same-permissions strip-components= exclude= overwrite numeric-owner no-recursion warning= ' +
  'j,bzip2 J,xz r,append u,update a,auto-compress owner= group= mode= checkpoint= wildcards one-file-system sort= mtime= T,files-from= keep-newer-files';

const NO_OPERATION = "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options";

export const tar = defineUtility({
  names: ['tar'],
  options: OPTIONS,
  failure: 2,
  package: '(GNU tar) 1.35',
  usage: 'tar [OPTION...] [FILE]...',
  hint: () => "Try 'tar --help' or 'tar --usage' for more information.\n",
  rewrite: oldStyle,
  async run(u) {
    const operation = u.options.last('c', 'x', 't', 'r', 'u');
    if (u.options.has('j') || u.options.has('J') || operation === 'r' || operation === 'u') {
      throw new Failure('kubeproctor simulates -c, -x and -t, plain and with gzip');
    }
    if (!operation) throw new Failure(NO_OPERATION, { usage: true });
    try {
      if (operation === 'c') await create(u);
      else await read(u, operation === 't');
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      await u.complain(error.message);
    }
    if (u.status !== 0) await u.complain('Exiting with failure status due to previous errors');
  },
});

/** `tar xzf a.tgz -C dir`: letters without a dash, their values following in order. */
function oldStyle(args: readonly string[]): readonly string[] {
  const [letters = '', ...rest] = args;
  if (letters === '' || letters.startsWith('-')) return args;
  const words = [...rest];
  const expanded = [...letters].flatMap((letter) => ('fCT'.includes(letter) ? [`-${letter}`, words.shift() ?? ''] : [`-${letter}`]));
  return [...expanded, ...words];
}

const archiveName = (u: Invocation): string => u.options.value('f') ?? '-';

async function create(u: Invocation): Promise<void> {
  const name = archiveName(u);
  const names = [...u.operands];
  if (names.length === 0) throw new Failure('Cowardly refusing to create an empty archive', { usage: true });
  if (name === '-' && u.process.stdout.tty) throw fatal('Refusing to write archive contents to terminal (missing -f option?)');
  const zipped = u.options.has('z') || (u.options.has('a') && /\.(tgz|gz)$/.test(name));
  const sink = name === '-' ? u.process.stdout : opening(name, () => openSink(u.process, name));
  const held: Uint8Array[] = [];
  let written = 0;
  const write = async (bytes: Uint8Array) => {
    written += bytes.length;
    if (zipped) held.push(bytes);
    else await sink.write(bytes);
  };
  const archive = name === '-' ? undefined : u.process.path(name);
  await addAll(u, names, archive, write);
  await write(archiveEnd(written));
  if (zipped) await sink.write(gzipSync(concatenate(held)));
}

const fatal = (message: string): Failure => new Failure(`${message}\ntar: Error is not recoverable: exiting now`);

function opening<T>(name: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof FileError) throw fatal(`${name}: Cannot open: ${error.message}`);
    throw error;
  }
}

type Write = (bytes: Uint8Array) => Promise<void>;

async function addAll(u: Invocation, names: readonly string[], archive: string | undefined, write: Write): Promise<void> {
  const base = u.process.path(u.options.value('C') ?? '.');
  const excluded = u.options.values('exclude').map(matcher);
  const removed = new Set<string>();
  const add = async (name: string): Promise<void> => {
    const path = name.startsWith('/') ? name : joinPath(base, name);
    if (excluded.some((matches) => matches(name))) return;
    const stat = await statOf(u, path, name);
    if (!stat) return;
    if (archive !== undefined && u.files.exists(path) && path === archive)
      return complainSoftly(u, `${name}: archive cannot contain itself; not dumped`);
    const member = await memberOf(u, path, name, stat, removed);
    if (!member) return;
    await write(packMember(member));
    await mention(u, member);
    if (stat.type === 'directory' && !u.options.has('no-recursion')) for (const child of u.files.list(path)) await add(joinPath(name, child));
  };
  for (const name of names) await add(name);
}

/** A pattern holds for the whole name or for what follows any of its slashes, and for all below. */
function matcher(pattern: string): (name: string) => boolean {
  const regex = globRegex(pattern.replace(/\/$/, ''));
  return (name) => {
    const parts = name.replace(/\/$/, '').split('/');
    return parts.some((_, i) => regex.test(parts.slice(i).join('/'))) || parts.some((_, i) => regex.test(parts.slice(0, i + 1).join('/')));
  };
}

async function complainSoftly(u: Invocation, message: string): Promise<void> {
  await u.process.error(`tar: ${message}\n`);
}

async function statOf(u: Invocation, path: string, name: string): Promise<Stat | undefined> {
  try {
    return u.options.has('h') ? u.files.stat(path) : u.files.lstat(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await u.complain(`${name}: Cannot stat: ${error.message}`);
    return undefined;
  }
}

async function memberOf(u: Invocation, path: string, name: string, stat: Stat, removed: Set<string>): Promise<Member | undefined> {
  const { machine } = u.process;
  if (stat.type !== 'file' && stat.type !== 'directory' && stat.type !== 'symlink') {
    await complainSoftly(u, `${name}: ${stat.type} ignored`);
    return undefined;
  }
  try {
    return {
      name: u.options.has('P') ? name : await relative(u, name, removed),
      type: stat.type,
      mode: stat.mode,
      uid: stat.uid,
      gid: stat.gid,
      user: userName(machine, stat.uid),
      group: groupName(machine, stat.gid),
      mtime: Math.floor(stat.mtime / 1000),
      data: stat.type === 'file' ? u.files.read(path) : new Uint8Array(),
      target: stat.type === 'symlink' ? u.files.readlink(path) : '',
    };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await u.complain(`${name}: Cannot open: ${error.message}`);
    return undefined;
  }
}

/** Members of an archive are relative; what was cut off is said once. */
async function relative(u: Invocation, name: string, removed: Set<string>): Promise<string> {
  const [prefix = ''] = /^(?:(?:.*\/)?\.\.\/|\/+)*/.exec(name) ?? [];
  if (prefix !== '' && !removed.has(prefix)) {
    removed.add(prefix);
    await complainSoftly(u, `Removing leading \`${prefix}' from member names`);
  }
  return name.slice(prefix.length) || './';
}

/** -v: on stderr where stdout carries the archive. */
async function mention(u: Invocation, member: Member): Promise<void> {
  if (!u.options.has('v')) return;
  const line = `${member.name}${member.type === 'directory' && !member.name.endsWith('/') ? '/' : ''}\n`;
  if (archiveName(u) === '-') await u.process.error(line);
  else await u.print(line);
}

async function read(u: Invocation, listing: boolean): Promise<void> {
  const name = archiveName(u);
  if (name === '-' && u.process.stdin.tty) throw fatal('Refusing to read archive contents from terminal (missing -f option?)');
  const source = opening(name, () => openInput(u.process, name));
  const wanted = u.operands.map((operand) => operand.replace(/\/$/, ''));
  const found = new Set<string>();
  const excluded = u.options.values('exclude').map(matcher);
  for await (const member of unpackMembers(inflated(source))) {
    const plain = member.name.replace(/\/$/, '');
    const match = wanted.find(
      (prefix) => plain === prefix || plain.startsWith(`${prefix}/`) || (u.options.has('wildcards') && matcher(prefix)(plain)),
    );
    if ((wanted.length > 0 && match === undefined) || excluded.some((matches) => matches(plain))) continue;
    if (match !== undefined) found.add(match);
    if (listing) await u.print(u.options.has('v') ? longLine(u, member) : `${member.name}\n`);
    else await extract(u, member);
  }
  for (const name of wanted) if (!found.has(name)) await u.complain(`${name}: Not found in archive`);
}

function longLine(u: Invocation, { name, type, mode, uid, gid, user, group, mtime, data, target }: Member): string {
  const owner = u.options.has('numeric-owner') ? `${uid}/${gid}` : `${user || uid}/${group || gid}`;
  const size = String(type === 'file' ? data.length : 0);
  const kind = type === 'link' ? 'h' : modeString(type, mode).charAt(0);
  const arrow = type === 'symlink' ? ` -> ${target}` : type === 'link' ? ` link to ${target}` : '';
  const width = Math.max(19, owner.length + 1 + size.length);
  const middle = `${owner}${' '.repeat(width - owner.length - size.length)}${size}`;
  return `${kind}${modeString(type === 'directory' ? type : 'file', mode).slice(1)} ${middle} ${strftime('%Y-%m-%d %H:%M', mtime * 1000)} ${name}${arrow}\n`;
}
