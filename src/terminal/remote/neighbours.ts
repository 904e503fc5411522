import type { Credentials, Machine, Process, Program } from '../../machine/index.ts';
import { DEFAULT_PATH } from '../../machine/processes/lookup.ts';

/** A machine that ssh reaches by name, and who one is there unless told otherwise. */
export interface Neighbour {
  readonly machine: Machine;
  readonly user: string;
  /** Reachable but not answering: a stopped sshd refuses. */
  readonly refuses?: boolean;
}

/** What `machine.facilities.get('ssh')` holds: a map, or whoever builds a machine when it is first reached. */
export interface Neighbours {
  get(host: string): Neighbour | undefined | Promise<Neighbour | undefined>;
  /** The names to offer, for completion. */
  keys(): Iterable<string>;
}

/** `user@host` taken apart. */
export function parseTarget(target: string): { user: string | undefined; host: string } {
  const at = target.lastIndexOf('@');
  return { user: at < 0 ? undefined : target.slice(0, at), host: target.slice(at + 1).replace(/^\[|\]$/g, '') };
}

export type Reached = { readonly machine: Machine; readonly credentials: Credentials } | { readonly error: string };

/** The machine and the account behind a target, or OpenSSH's words for why not. */
export async function reach(process: Process, target: string, login?: string): Promise<Reached> {
  const { user = login, host } = parseTarget(target);
  const neighbours = process.machine.facilities.get('ssh') as Neighbours | undefined;
  const own: Neighbour | undefined =
    host === 'localhost' || host === process.machine.hostname ? { machine: process.machine, user: process.credentials.user } : undefined;
  const neighbour = (await neighbours?.get(host)) ?? own;
  if (!neighbour) return { error: `ssh: Could not resolve hostname ${host}: Name or service not known` };
  if (neighbour.refuses) return { error: `ssh: connect to host ${host} port 22: Connection refused` };
  const name = user ?? neighbour.user;
  const credentials = neighbour.machine.users.find(name);
  if (!credentials) return { error: `${name}@${host}: Permission denied (publickey).` };
  return { machine: neighbour.machine, credentials };
}

/** The shell of /etc/passwd, as far as it is installed. */
export function loginShell(machine: Machine, user: string): { path: string; program: Program } | undefined {
  const { files } = machine;
  const row = files.exists('/etc/passwd')
    ? files
        .readText('/etc/passwd')
        .split('\n')
        .find((line) => line.startsWith(`${user}:`))
    : undefined;
  for (const path of [row?.split(':')[6], '/bin/bash', '/bin/sh']) {
    if (!path || !files.exists(path)) continue;
    const { program } = files.stat(path);
    if (program) return { path, program };
  }
  return undefined;
}

export function loginEnvironment(
  credentials: Credentials,
  shell: string,
  more: Readonly<Record<string, string | undefined>> = {},
): Map<string, string> {
  const { user, home } = credentials;
  const all = { HOME: home, USER: user, LOGNAME: user, SHELL: shell, PATH: DEFAULT_PATH, LANG: 'C.UTF-8', ...more };
  return new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export const homeOf = (machine: Machine, { home }: Credentials): string => (machine.files.exists(home) ? home : '/');
