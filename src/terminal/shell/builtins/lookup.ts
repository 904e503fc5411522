import { DEFAULT_PATH, findOnPath } from '../../../machine/index.ts';
import { runExternal } from '../run/simple.ts';
import type { Shell } from '../shell.ts';
import { type Builtins, options } from './builtin.ts';
import { functionText } from './declare.ts';
import { builtins } from './registry.ts';

const KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'case',
  'esac',
  'for',
  'select',
  'while',
  'until',
  'do',
  'done',
  'in',
  'function',
  'time',
  '{',
  '}',
  '!',
  '[[',
  ']]',
  'coproc',
]);

type Found = { kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file'; detail: string };

function find(shell: Shell, name: string, { skipFunctions = false, all = false } = {}): Found[] {
  const found: Found[] = [];
  const alias = shell.aliases.get(name);
  if (alias !== undefined && (shell.interactive || shell.shopts.has('expand_aliases'))) found.push({ kind: 'alias', detail: alias });
  if (KEYWORDS.has(name)) found.push({ kind: 'keyword', detail: '' });
  const definition = shell.functions.get(name);
  if (definition && !skipFunctions) found.push({ kind: 'function', detail: functionText(definition) });
  if (builtins.has(name)) found.push({ kind: 'builtin', detail: '' });
  if (found.length > 0 && !all) return found.slice(0, 1);
  const path = pathOf(shell, name);
  if (path !== undefined) found.push({ kind: 'file', detail: path });
  return found;
}

function pathOf(shell: Shell, name: string): string | undefined {
  const { process } = shell;
  const files = process.machine.files.as(process.credentials);
  const path = findOnPath(files, name, shell.variables.get('PATH') ?? DEFAULT_PATH, (p) => process.path(p));
  if (path === undefined || !files.exists(path) || files.stat(path).type === 'directory' || (files.stat(path).mode & 0o111) === 0) return undefined;
  return name.includes('/') ? name : path;
}

const sentence = (name: string, { kind, detail }: Found): string => {
  if (kind === 'alias') return `${name} is aliased to \`${detail}'`;
  if (kind === 'keyword') return `${name} is a shell keyword`;
  if (kind === 'function') return `${name} is a function\n${detail}`;
  return kind === 'builtin' ? `${name} is a shell builtin` : `${name} is ${detail}`;
};

const short = (name: string, { kind, detail }: Found): string => {
  if (kind === 'alias') return `alias ${name}='${detail}'`;
  return kind === 'file' ? detail : name;
};

export const lookupBuiltins: Builtins = {
  async type(shell, args) {
    const parsed = await options(shell, 'type', args, 'afptP', 'type [-afptP] name [name ...]');
    if (!parsed) return 2;
    const { flags, rest } = parsed;
    let code = 0;
    for (const name of rest) {
      const path = flags.has('P') || flags.has('p') ? pathOf(shell, name) : undefined;
      const found = flags.has('P')
        ? path
          ? [{ kind: 'file' as const, detail: path }]
          : []
        : find(shell, name, { skipFunctions: flags.has('f'), all: flags.has('a') });
      if (found.length === 0) {
        if (!flags.has('t') && !flags.has('p') && !flags.has('P')) await shell.complain(`type: ${name}: not found`);
        code = 1;
      }
      for (const one of found) {
        if (flags.has('t')) await shell.print(`${one.kind}\n`);
        else if (flags.has('p') || flags.has('P')) await shell.print(one.kind === 'file' ? `${one.detail}\n` : '');
        else await shell.print(`${sentence(name, one)}\n`);
      }
    }
    return code;
  },
  async command(shell, args) {
    const parsed = await options(shell, 'command', args, 'pvV', 'command [-pVv] command [arg ...]');
    if (!parsed) return 2;
    const { flags, rest } = parsed;
    if (flags.has('v') || flags.has('V')) {
      let code = 1;
      for (const name of rest) {
        const [found] = find(shell, name);
        if (found) {
          code = 0;
          await shell.print(`${flags.has('V') ? sentence(name, found) : short(name, found)}\n`);
        } else if (flags.has('V')) await shell.complain(`command: ${name}: not found`);
      }
      return code;
    }
    const [name] = rest;
    if (name === undefined) return 0;
    const builtin = builtins.get(name);
    return builtin ? builtin(shell, rest.slice(1), name) : runExternal(shell, rest, rest.join(' '), false);
  },
  async builtin(shell, [name, ...rest]) {
    if (name === undefined) return 0;
    const builtin = builtins.get(name);
    if (builtin) return builtin(shell, rest, name);
    await shell.complain(`builtin: ${name}: not a shell builtin`);
    return 1;
  },
  async hash(shell, args) {
    let code = 0;
    for (const name of args.filter((a) => !a.startsWith('-'))) {
      if (pathOf(shell, name) !== undefined) continue;
      await shell.complain(`hash: ${name}: not found`);
      code = 1;
    }
    if (args.length === 0) await shell.print('hash: hash table empty\n');
    return code;
  },
  enable: () => 0,
  async help(shell) {
    await shell.print(`${[...builtins.keys()].sort().join('\n')}\n`);
    return 0;
  },
};
