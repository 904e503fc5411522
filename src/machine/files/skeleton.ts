import type { Files } from '../files.ts';
import type { Programs } from '../program.ts';
import { createFiles } from './create-files.ts';
import type { MemoryFiles } from './memory-files.ts';

export const NUMBERED_DESCRIPTOR = /^\/(?:dev|proc\/self)\/fd\/([012])$/;

const DIRECTORIES = [
  ...['/boot', '/dev', '/dev/fd', '/dev/pts', '/dev/shm', '/etc', '/home', '/mnt', '/media', '/opt', '/proc', '/run', '/srv', '/sys'],
  ...['/usr/bin', '/usr/sbin', '/usr/lib', '/usr/local/bin', '/usr/local/sbin', '/usr/share', '/var/lib', '/var/log', '/var/cache', '/var/spool'],
];

const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'stdin', 'stdout', 'stderr', 'fd/0', 'fd/1', 'fd/2'];

const PASSWD = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;

const GROUP = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
mail:x:8:
man:x:12:
sudo:x:27:
www-data:x:33:
nogroup:x:65534:
`;

const TEXTS: Readonly<Record<string, string>> = {
  '/etc/passwd': PASSWD,
  '/etc/group': GROUP,
  '/etc/shells': '/bin/sh\n/bin/bash\n/usr/bin/sh\n/usr/bin/bash\n',
  '/etc/nsswitch.conf': 'passwd:         files\ngroup:          files\nhosts:          files dns\n',
  '/etc/timezone': 'Etc/UTC\n',
};

const bases = new WeakMap<Programs, Map<string, MemoryFiles>>();
const none: Programs = new Map();

/** A distribution's usual tree holding these programs under /usr/bin; made once for each set of programs, to be stood upon by many machines. */
export function skeleton(programs: Programs = none, os = 'Ubuntu 24.04.2 LTS'): MemoryFiles {
  const made = bases.get(programs) ?? new Map<string, MemoryFiles>();
  bases.set(programs, made);
  const known = made.get(os) ?? build(programs, os);
  made.set(os, known);
  return known;
}

const BUILT = Date.UTC(2026, 5, 1);

function build(programs: Programs, os: string): MemoryFiles {
  const files = createFiles({ now: () => BUILT });
  for (const path of DIRECTORIES) files.mkdir(path, { recursive: true });
  files.mkdir('/root', { mode: 0o700 });
  for (const path of ['/tmp', '/var/tmp']) files.mkdir(path, { mode: 0o1777 });
  for (const name of ['bin', 'sbin', 'lib']) files.symlink(`usr/${name}`, `/${name}`);
  files.symlink('/run', '/var/run');
  for (const device of DEVICES) files.device(`/dev/${device}`, device);
  for (const [path, text] of Object.entries(TEXTS)) files.write(path, text);
  files.write('/etc/shadow', 'root:*:19800:0:99999:7:::\n', { mode: 0o640 });
  files.write('/etc/os-release', osRelease(os));
  installPrograms(files, programs);
  return files;
}

export function installPrograms(files: Files, programs: Programs): void {
  for (const [name, program] of programs) files.install(name.startsWith('/') ? name : `/usr/bin/${name}`, program);
}

function osRelease(pretty: string): string {
  const [name = 'Linux', version = ''] = pretty.split(' ');
  const id = name.toLowerCase();
  const number = version.replace(/^(\d+\.\d+).*/, '$1');
  return `PRETTY_NAME="${pretty}"\nNAME="${name}"\nVERSION_ID="${number}"\nVERSION="${version}"\nID=${id}\n${id === 'ubuntu' ? 'ID_LIKE=debian\n' : ''}`;
}
