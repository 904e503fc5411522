import type { Files } from './files.ts';
import type { Users } from './machine.ts';
import type { Credentials } from './process.ts';

const ROOT: Credentials = { uid: 0, gid: 0, groups: [], user: 'root', home: '/root' };

let latest = new Map<string, readonly (readonly string[])[]>();

/** Machines of one image have the same users: what was read last need not be read again. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const known = latest.get(text);
  if (known) return known;
  if (latest.size >= 64) latest = new Map();
  const rows = text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(':'));
  latest.set(text, rows);
  return rows;
}

/** Users as /etc/passwd and /etc/group have them at the moment of asking. */
export function createUsers(files: Files): Users {
  const rows = (path: string) => (files.exists(path) ? rowsOf(files.readText(path)) : []);
  const find = (nameOrId: string | number): Credentials | undefined => {
    const row = rows('/etc/passwd').find(([name, , uid]) => name === nameOrId || Number(uid) === nameOrId);
    if (!row) return nameOrId === 0 || nameOrId === 'root' ? ROOT : undefined;
    const [user = '', , uid, gid, , home = '/'] = row;
    const groups = rows('/etc/group').filter(([, , , members]) => members?.split(',').includes(user));
    return { uid: Number(uid), gid: Number(gid), groups: groups.map(([, , id]) => Number(id)), user, home };
  };
  return {
    find,
    add({ name, uid, gid = uid, home = `/home/${name}`, shell = '/bin/bash', groups = [] }) {
      files.write('/etc/passwd', `${name}:x:${uid}:${gid}:${name}:${home}:${shell}\n`, { append: true });
      const known = rows('/etc/group').map((row) =>
        groups.includes(row[0] ?? '') ? [...row.slice(0, 3), [row[3], name].filter(Boolean).join(',')] : row,
      );
      if (!known.some(([, , id]) => Number(id) === gid)) known.push([name, 'x', String(gid), '']);
      files.write('/etc/group', known.map((row) => `${row.join(':')}\n`).join(''));
      if (!files.exists(home)) files.mkdir(home, { recursive: true, mode: 0o750, owner: { uid, gid } });
      return find(name) ?? ROOT;
    },
  };
}
