import { posix } from 'node:path';
import { FileError } from '../../../machine/index.ts';
import { tildeOf } from '../prompt.ts';
import type { Shell } from '../shell.ts';
import { type Builtins, options } from './builtin.ts';

export const directoryBuiltins: Builtins = {
  async cd(shell, args) {
    const parsed = await options(shell, 'cd', args[0] === '-' ? [] : args, 'LPe@', 'cd [-L|[-P [-e]] [-@]] [dir]');
    if (!parsed) return 2;
    const rest = args[0] === '-' ? args : parsed.rest;
    if (rest.length > 1) return refuse(shell, 'cd: too many arguments');
    const [given] = rest;
    const target = given === '-' ? shell.variables.get('OLDPWD') : (given ?? shell.variables.get('HOME'));
    if (target === undefined) return refuse(shell, given === '-' ? 'cd: OLDPWD not set' : 'cd: HOME not set');
    const code = await change(shell, target, 'cd', parsed.flags.has('P'));
    if (code === 0 && (given === '-' || viaPath(shell, target))) await shell.print(`${shell.process.cwd}\n`);
    return code;
  },
  async pwd(shell, args) {
    const parsed = await options(shell, 'pwd', args, 'LP', 'pwd [-LP]');
    if (!parsed) return 2;
    const { process } = shell;
    await shell.print(`${parsed.flags.has('P') ? process.machine.files.realpath(process.cwd) : process.cwd}\n`);
    return 0;
  },
  async pushd(shell, args) {
    const here = shell.process.cwd;
    const [target] = args;
    if (target === undefined || /^[+-]\d+$/.test(target)) {
      const all = [here, ...shell.directories];
      if (all.length < 2) return refuse(shell, 'pushd: no other directory');
      const n = target === undefined ? 1 : target.startsWith('+') ? Number(target) : all.length - 1 + Number(target);
      const rotated = target === undefined ? [all[1] ?? here, here, ...all.slice(2)] : [...all.slice(n), ...all.slice(0, n)];
      const code = await change(shell, rotated[0] ?? here, 'pushd');
      if (code !== 0) return code;
      shell.directories = rotated.slice(1);
      return show(shell);
    }
    const code = await change(shell, target, 'pushd');
    if (code !== 0) return code;
    shell.directories.unshift(here);
    return show(shell);
  },
  async popd(shell) {
    const [next] = shell.directories;
    if (next === undefined) return refuse(shell, 'popd: directory stack empty');
    const code = await change(shell, next, 'popd');
    if (code !== 0) return code;
    shell.directories.shift();
    return show(shell);
  },
  async dirs(shell, args) {
    if (args.includes('-c')) {
      shell.directories = [];
      return 0;
    }
    if (!args.includes('-v') && !args.includes('-p')) return show(shell);
    const all = [tildeOf(shell), ...shell.directories];
    await shell.print(all.map((d, i) => (args.includes('-v') ? `${String(i).padStart(2)}  ${d}\n` : `${d}\n`)).join(''));
    return 0;
  },
};

async function refuse(shell: Shell, message: string): Promise<number> {
  await shell.complain(message);
  return 1;
}

async function show(shell: Shell): Promise<number> {
  const home = shell.variables.get('HOME') ?? '';
  const short = (path: string) => (home && home !== '/' && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path);
  await shell.print(`${[shell.process.cwd, ...shell.directories].map(short).join(' ')}\n`);
  return 0;
}

function viaPath(shell: Shell, target: string): boolean {
  return /^[^./]/.test(target) && Boolean(shell.variables.get('CDPATH')) && !shell.process.cwd.endsWith(target);
}

async function change(shell: Shell, target: string, name: string, physical = false): Promise<number> {
  const { process } = shell;
  const files = process.machine.files.as(process.credentials);
  try {
    const logical = posix.resolve(process.cwd, target);
    const path = physical ? files.realpath(logical) : logical;
    if (target === '') return 0;
    if (files.stat(path).type !== 'directory') throw new FileError('ENOTDIR', path, 'Not a directory');
    files.exists(`${path}/.`) || refusePermission(path);
    const before = process.cwd;
    process.cwd = path.length > 1 ? path.replace(/\/+$/, '') : path;
    shell.variables.set('OLDPWD', before);
    shell.variables.set('PWD', process.cwd);
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await shell.complain(`${name}: ${target}: ${error.message}`);
    return 1;
  }
}

function refusePermission(path: string): never {
  throw new FileError('EACCES', path, 'Permission denied');
}
