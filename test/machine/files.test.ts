import { describe, expect, it } from 'vitest';
import { createFiles, type FileError, type Files } from '../../src/machine/index.ts';

const now = () => 1_000;
const someone = { uid: 1000, gid: 1000, groups: [], user: 'someone', home: '/home/someone' };

function prepared(): Files {
  const files = createFiles({ now });
  files.mkdir('/etc');
  files.mkdir('/tmp', { mode: 0o1777 });
  files.write('/etc/hosts', 'localhost\n');
  files.write('/etc/shadow', 'secret\n', { mode: 0o600 });
  files.symlink('/etc', '/link');
  files.symlink('loop', '/loop');
  return files;
}

const failure = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (error) {
    return `${(error as FileError).code} ${(error as FileError).message}`;
  }
};

describe('errors', () => {
  it.each<[string, (files: Files) => unknown, string]>([
    ['missing', (f) => f.read('/nope'), 'ENOENT No such file or directory'],
    ['missing parent', (f) => f.write('/a/b', ''), 'ENOENT No such file or directory'],
    ['file as directory', (f) => f.read('/etc/hosts/x'), 'ENOTDIR Not a directory'],
    ['directory as file', (f) => f.read('/etc'), 'EISDIR Is a directory'],
    ['list a file', (f) => f.list('/etc/hosts'), 'ENOTDIR Not a directory'],
    ['loop', (f) => f.read('/loop'), 'ELOOP Too many levels of symbolic links'],
    ['mkdir twice', (f) => f.mkdir('/etc'), 'EEXIST File exists'],
    ['exclusive', (f) => f.write('/etc/hosts', '', { exclusive: true }), 'EEXIST File exists'],
    ['not empty', (f) => f.remove('/etc'), 'ENOTEMPTY Directory not empty'],
    ['into itself', (f) => f.rename('/etc', '/etc/inner'), 'EINVAL Invalid argument'],
    ['secret', (f) => f.as(someone).read('/etc/shadow'), 'EACCES Permission denied'],
    ['unwritable', (f) => f.as(someone).write('/etc/new', ''), 'EACCES Permission denied'],
    ['not the owner', (f) => f.as(someone).chmod('/etc/hosts', 0o777), 'EPERM Operation not permitted'],
    ['own file', (f) => f.as(someone).write('/tmp/mine', 'x'), 'none'],
  ])('%s', (_, act, want) => expect(failure(() => act(prepared()))).toBe(want));
});

describe('mounts', () => {
  it('share a tree, and respect read-only', () => {
    const volume = createFiles({ now });
    const one = prepared();
    const two = prepared();
    one.mount('/data', volume);
    two.mount('/mnt/data', volume, { readOnly: true });
    one.write('/data/a', '1');
    expect(two.readText('/mnt/data/a')).toBe('1');
    expect(failure(() => two.write('/mnt/data/a', '2'))).toBe('EROFS Read-only file system');
    expect(failure(() => one.rename('/data/a', '/etc/a'))).toBe('EXDEV Invalid cross-device link');
    expect(failure(() => one.remove('/data', { recursive: true }))).toBe('EBUSY Device or resource busy');
  });

  it('cover a single file', () => {
    const volume = createFiles({ now });
    volume.write('/conf', 'mounted');
    const files = prepared();
    files.mount('/etc/hosts', volume, { from: '/conf' });
    expect(files.readText('/etc/hosts')).toBe('mounted');
    files.unmount('/etc/hosts');
    expect(files.readText('/etc/hosts')).toBe('localhost\n');
  });
});

it('lower trees show through and stay as they are', () => {
  const lower = prepared();
  const files = createFiles({ now, lower });
  files.write('/etc/hosts', 'mine');
  files.remove('/etc/shadow');
  expect([files.readText('/link/hosts'), lower.readText('/etc/hosts'), files.list('/etc'), lower.list('/etc')]).toEqual([
    'mine',
    'localhost\n',
    ['hosts'],
    ['hosts', 'shadow'],
  ]);
});

it('watches below a path, even one that is not there yet', () => {
  const files = prepared();
  const heard: string[] = [];
  const stop = files.watch('/etc/manifests', (path) => heard.push(path));
  files.mkdir('/etc/manifests');
  files.write('/etc/manifests/a.yaml', 'x');
  files.write('/etc/other', 'x');
  files.remove('/etc/manifests/a.yaml');
  stop();
  files.write('/etc/manifests/b.yaml', 'x');
  expect(heard).toEqual(['/etc/manifests', '/etc/manifests/a.yaml', '/etc/manifests/a.yaml']);
});
