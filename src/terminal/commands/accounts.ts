import type { Machine } from '../../machine/index.ts';

export const userName = (machine: Machine, uid: number): string => machine.users.find(uid)?.user ?? String(uid);

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

export function groups(machine: Machine): Group[] {
  if (!machine.files.exists('/etc/group')) return [];
  return machine.files
    .readText('/etc/group')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 3)
    .map(([name = '', , gid = '0', members = '']) => ({ name, gid: Number(gid), members: members.split(',').filter(Boolean) }));
}

export const groupName = (machine: Machine, gid: number): string => groups(machine).find((group) => group.gid === gid)?.name ?? String(gid);

export const findGroup = (machine: Machine, nameOrId: string): number | undefined =>
  groups(machine).find(({ name }) => name === nameOrId)?.gid ?? (/^\d+$/.test(nameOrId) ? Number(nameOrId) : undefined);
