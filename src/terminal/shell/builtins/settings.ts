import { singleQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import type { Builtins } from './builtin.ts';
import { showAll } from './declare.ts';

const BY_LETTER: Readonly<Record<string, string>> = {
  a: 'allexport',
  b: 'notify',
  e: 'errexit',
  f: 'noglob',
  h: 'hashall',
  k: 'keyword',
  m: 'monitor',
  n: 'noexec',
  p: 'privileged',
  u: 'nounset',
  v: 'verbose',
  x: 'xtrace',
  B: 'braceexpand',
  C: 'noclobber',
  E: 'errtrace',
  H: 'histexpand',
  P: 'physical',
  T: 'functrace',
};
const BY_NAME = new Set([
  ...Object.values(BY_LETTER),
  'pipefail',
  'posix',
  'vi',
  'emacs',
  'history',
  'ignoreeof',
  'interactive-comments',
  'nolog',
  'onecmd',
]);

export const settingBuiltins: Builtins = {
  async set(shell, args) {
    if (args.length === 0) {
      await showAll(shell);
      return 0;
    }
    return applyOptions(shell, args);
  },
  async shopt(shell, args) {
    const flags = args.filter((a) => /^-[suqpo]+$/.test(a)).join('');
    const names = args.filter((a) => !/^-[suqpo]+$/.test(a));
    const target = flags.includes('o') ? shell.options : shell.shopts;
    const unknown = names.find((n) => !(flags.includes('o') ? BY_NAME.has(n) : SHOPTS.has(n)));
    if (unknown !== undefined) {
      await shell.complain(`shopt: ${unknown}: invalid shell option name`);
      return 1;
    }
    if (flags.includes('s') && names.length > 0) for (const name of names) target.add(name);
    else if (flags.includes('u') && names.length > 0) for (const name of names) target.delete(name);
    else return showShopts(shell, names, target, flags);
    return 0;
  },
  async alias(shell, args) {
    const words = args.filter((a) => a !== '-p');
    let code = 0;
    if (words.length === 0)
      for (const [name, value] of [...shell.aliases].sort(([a], [b]) => (a < b ? -1 : 1))) await shell.print(`alias ${name}=${singleQuote(value)}\n`);
    for (const word of words) {
      const at = word.indexOf('=', 1);
      if (at > 0) shell.aliases.set(word.slice(0, at), word.slice(at + 1));
      else if (shell.aliases.has(word)) await shell.print(`alias ${word}=${singleQuote(shell.aliases.get(word) ?? '')}\n`);
      else {
        await shell.complain(`alias: ${word}: not found`);
        code = 1;
      }
    }
    return code;
  },
  async unalias(shell, args) {
    if (args[0] === '-a') {
      shell.aliases.clear();
      return 0;
    }
    let code = 0;
    for (const name of args) {
      if (shell.aliases.delete(name)) continue;
      await shell.complain(`unalias: ${name}: not found`);
      code = 1;
    }
    return code;
  },
  async umask(shell, args) {
    const { process } = shell;
    const mask = process.credentials.umask ?? 0o022;
    const wanted = args.find((a) => !a.startsWith('-'));
    if (wanted === undefined) {
      const letters = [6, 3, 0].map((s) => [...'rwx'].filter((_, i) => ((~mask >> s) & 7 & (4 >> i)) !== 0).join(''));
      await shell.print(args.includes('-S') ? `u=${letters[0]},g=${letters[1]},o=${letters[2]}\n` : `${mask.toString(8).padStart(4, '0')}\n`);
      return 0;
    }
    if (!/^[0-7]{1,4}$/.test(wanted)) {
      await shell.complain(`umask: ${wanted}: octal number out of range`);
      return 1;
    }
    Object.assign(process, { credentials: { ...process.credentials, umask: Number.parseInt(wanted, 8) & 0o777 } });
    return 0;
  },
};

const SHOPTS = new Set(
  'autocd assoc_expand_once cdable_vars cdspell checkhash checkjobs checkwinsize cmdhist compat31 compat32 compat40 compat41 compat42 compat43 compat44 complete_fullquote direxpand dirspell dotglob execfail expand_aliases extdebug extglob extquote failglob force_fignore globasciiranges globskipdots globstar gnu_errfmt histappend histreedit histverify hostcomplete huponexit inherit_errexit interactive_comments lastpipe lithist localvar_inherit localvar_unset login_shell mailwarn no_empty_cmd_completion nocaseglob nocasematch noexpand_translation nullglob patsub_replacement progcomp progcomp_alias promptvars restricted_shell shift_verbose sourcepath varredir_close xpg_echo'.split(
    ' ',
  ),
);

async function showShopts(shell: Shell, names: readonly string[], target: ReadonlySet<string>, flags: string): Promise<number> {
  const all = names.length > 0 ? names : [...(flags.includes('o') ? BY_NAME : SHOPTS)].sort();
  const wanted = all.filter((n) => (flags.includes('s') ? target.has(n) : flags.includes('u') ? !target.has(n) : true));
  if (!flags.includes('q'))
    for (const name of wanted)
      await shell.print(
        flags.includes('p') ? `shopt -${target.has(name) ? 's' : 'u'} ${name}\n` : `${name.padEnd(15)}\t${target.has(name) ? 'on' : 'off'}\n`,
      );
  return names.every((n) => target.has(n)) ? 0 : 1;
}

/** `-e`, `+x`, `-o pipefail`, `--` and new positional parameters. */
export async function applyOptions(shell: Shell, args: readonly string[]): Promise<number> {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--' || arg === '-') {
      if (arg === '--' || i + 1 < args.length) shell.positional = args.slice(i + 1);
      return 0;
    }
    if (!/^[-+]./.test(arg)) {
      shell.positional = args.slice(i);
      return 0;
    }
    for (const letter of arg.slice(1)) {
      const name = letter === 'o' ? args[++i] : BY_LETTER[letter];
      if (letter === 'o' && name === undefined) {
        await showOptions(shell, arg.startsWith('+'));
        return 0;
      }
      if (name === undefined) {
        await shell.complain(`set: ${arg[0]}${letter}: invalid option`);
        await shell.error('set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n');
        return 2;
      }
      if (!BY_NAME.has(name)) {
        await shell.complain(`set: ${name}: invalid option name`);
        return 2;
      }
      if (arg.startsWith('-')) shell.options.add(name);
      else shell.options.delete(name);
    }
  }
  return 0;
}

async function showOptions(shell: Shell, asCommands: boolean): Promise<void> {
  for (const name of [...BY_NAME].sort()) {
    const on = shell.options.has(name);
    await shell.print(asCommands ? `set ${on ? '-' : '+'}o ${name}\n` : `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`);
  }
}
