import { evaluateIn } from '../expansion/expand.ts';
import { attributes } from '../expansion/operations.ts';
import { ansiQuote, doubleQuote, singleQuote } from '../quote.ts';
import { assignArray, assignIndexed, assignScalar } from '../run/assign.ts';
import type { Shell } from '../shell.ts';
import { ShellFailure } from '../signals-of-flow.ts';
import { elements, ReadonlyVariable, type Variable } from '../variables.ts';
import { type Builtin, type Builtins, isName } from './builtin.ts';

const OPERAND = /^([A-Za-z_]\w*)(?:\[(.*?)\])?(?:(\+?)=([\s\S]*))?$/;

interface Flags {
  readonly on: Set<string>;
  readonly off: Set<string>;
  readonly operands: readonly string[];
}

function parseFlags(args: readonly string[]): Flags {
  const on = new Set<string>();
  const off = new Set<string>();
  let i = 0;
  for (; i < args.length && /^[-+][a-zA-Z]/.test(args[i] ?? ''); i++)
    for (const letter of args[i]?.slice(1) ?? '') (args[i]?.startsWith('-') ? on : off).add(letter);
  if (args[i] === '--') i++;
  return { on, off, operands: args.slice(i) };
}

const declare: Builtin = async (shell, args, name) => {
  const { on, off, operands } = parseFlags(args);
  const bad = [...on, ...off].find((letter) => !'aAfFgilnprtuxI'.includes(letter));
  if (bad !== undefined) {
    await shell.complain(`${name}: -${bad}: invalid option`);
    await shell.error(`${name}: usage: ${name} [-aAfFgiIlnrtux] [name[=value] ...] or ${name} -p [-aAfFilnrtux] [name ...]\n`);
    return 2;
  }
  if (name === 'local' && shell.variables.depth === 1) {
    await shell.complain('local: can only be used in a function');
    return 1;
  }
  if (on.has('f') || on.has('F')) return showFunctions(shell, operands, on.has('F'));
  if (on.has('p') || operands.length === 0) return showVariables(shell, operands, on, name);
  const local = (name === 'local' || shell.variables.depth > 1) && !on.has('g') && !['export', 'readonly'].includes(name);
  return declareAll(shell, operands, { on, off, operands }, name, local);
};

async function declareAll(shell: Shell, operands: readonly string[], flags: Flags, command: string, local: boolean): Promise<number> {
  let code = 0;
  for (const operand of operands) {
    const [, name, index, plus, value] = OPERAND.exec(operand) ?? [];
    if (name === undefined) {
      await shell.complain(`${command}: \`${operand}': not a valid identifier`);
      code = 1;
      continue;
    }
    try {
      await declareOne(shell, { name, index, append: plus === '+', value }, flags, local);
    } catch (error) {
      if (!(error instanceof ReadonlyVariable)) throw error;
      await shell.complain(`${command}: ${error.message}`);
      code = 1;
    }
  }
  return code;
}

interface Operand {
  readonly name: string;
  readonly index: string | undefined;
  readonly append: boolean;
  readonly value: string | undefined;
}

async function declareOne(shell: Shell, { name, index, append, value }: Operand, { on, off }: Flags, local: boolean): Promise<void> {
  const existing = local ? shell.variables.local(name) : shell.variables.find(name);
  const pending = shell.declared.get(name);
  shell.declared.delete(name);
  if (existing?.readonly && (value !== undefined || pending || off.has('r'))) throw new ReadonlyVariable(`${name}: readonly variable`);
  const variable = existing ?? shell.variables.writable(name);
  const reference = on.has('n');
  setAttributes(variable, on, off);
  if (pending) await assignArray(shell, name, pending.items, pending.append);
  else if (value !== undefined) {
    if (reference) variable.value = value;
    else if (index !== undefined) assignIndexed(shell, name, variable.table ? index : String(evaluateIn(shell, index)), value, append);
    else assignScalar(shell, name, value, append);
  }
  if (on.has('r')) variable.readonly = true;
  if (reference) variable.reference = true;
}

function setAttributes(variable: Variable, on: ReadonlySet<string>, off: ReadonlySet<string>): void {
  if (on.has('A')) variable.table ??= new Map();
  if (on.has('a') && !variable.table) variable.list ??= new Map(variable.value === undefined ? [] : [[0, variable.value]]);
  if (on.has('x')) variable.exported = true;
  if (off.has('x')) variable.exported = false;
  if (on.has('i')) variable.integer = true;
  if (off.has('i')) variable.integer = false;
  if (on.has('l')) variable.casing = 'lower';
  if (on.has('u')) variable.casing = 'upper';
  if (off.has('n')) variable.reference = false;
}

export function declaration(shell: Shell, name: string): string | undefined {
  const variable = shell.variables.find(name);
  if (!variable) return undefined;
  const flags = attributes(shell, name) || '-';
  const head = `declare -${flags} ${name}`;
  if (variable.list || variable.table) {
    const inner = elements(variable)
      .map(([key, value]) => `[${/^[\w.-]+$/.test(key) ? key : doubleQuote(key)}]=${doubleQuote(value)}`)
      .join(' ');
    return `${head}=(${inner}${variable.table && inner ? ' ' : ''})`;
  }
  return variable.value === undefined ? head : `${head}=${doubleQuote(variable.value)}`;
}

async function showVariables(shell: Shell, operands: readonly string[], on: ReadonlySet<string>, command: string): Promise<number> {
  let code = 0;
  for (const name of operands) {
    const shown = declaration(shell, name);
    if (shown === undefined) {
      await shell.complain(`${command}: ${name}: not found`);
      code = 1;
    } else await shell.print(`${shown}\n`);
  }
  if (operands.length > 0) return code;
  const wanted = [...'aAilnrux'].filter((letter) => on.has(letter));
  const names = shell.variables.names().filter((name) => wanted.every((letter) => attributes(shell, name).includes(letter)));
  if (on.has('p') || wanted.length > 0) await shell.print(names.map((n) => `${declaration(shell, n)}\n`).join(''));
  else await showAll(shell);
  return 0;
}

/** As `set` shows everything. */
export async function showAll(shell: Shell): Promise<void> {
  for (const name of shell.variables.names()) {
    const variable = shell.variables.find(name);
    if (!variable) continue;
    if (variable.list || variable.table) await shell.print(`${declaration(shell, name)?.replace(/^declare \S+ /, '')}\n`);
    else if (variable.value !== undefined) await shell.print(`${name}=${bare(variable.value)}\n`);
  }
}

const bare = (value: string): string => (/[\x00-\x1f]/.test(value) ? ansiQuote(value) : /^[\w@%+=:,./-]*$/.test(value) ? value : singleQuote(value));

async function showFunctions(shell: Shell, operands: readonly string[], namesOnly: boolean): Promise<number> {
  const names = operands.length > 0 ? operands : [...shell.functions.keys()].sort();
  let code = 0;
  for (const name of names) {
    const definition = shell.functions.get(name);
    if (!definition) code = 1;
    else if (namesOnly) await shell.print(operands.length > 0 ? `${name}\n` : `declare -f ${name}\n`);
    else await shell.print(`${functionText(definition)}\n`);
  }
  return code;
}

/** As bash prints a function: simple bodies are laid out anew, others stay as they were typed. */
export function functionText({ name, text }: { name: string; text: string }): string {
  const body = text.replace(/^(?:function\s+)?[^\s(]+\s*(?:\(\s*\))?\s*/, '');
  const inner = /^\{\s*([\s\S]*?);?\s*\}$/.exec(body)?.[1];
  if (inner === undefined) return `${name} () \n${body}`;
  const lines = inner.includes('\n') ? inner.split('\n').map((l) => l.trim()) : inner.split(/;\s+/);
  return `${name} () \n{ \n${lines.map((l, i) => `    ${l.replace(/;$/, '')}${i < lines.length - 1 ? ';' : ''}`).join('\n')}\n}`;
}

const withFlag =
  (letter: string): Builtin =>
  async (shell, args, name) => {
    const { on, off, operands } = parseFlags(args);
    if (on.has('f')) return 0;
    if (operands.length === 0) return showVariables(shell, [], new Set(['p', letter]), name);
    if (letter === 'x' && on.has('n')) return declareAll(shell, operands, { on: new Set(), off: new Set(['x']), operands }, name, false);
    return declareAll(shell, operands, { on: new Set([...on, letter]), off, operands }, name, false);
  };

export const declareBuiltins: Builtins = {
  declare,
  typeset: declare,
  local: declare,
  export: withFlag('x'),
  readonly: withFlag('r'),
  async unset(shell, args) {
    let code = 0;
    const onlyFunctions = args[0] === '-f';
    const onlyVariables = args[0] === '-v';
    for (const name of args.filter((a) => !/^-[fvn]$/.test(a))) {
      const element = /^(\w+)\[(.*)\]$/.exec(name);
      if (element) unsetElement(shell, element[1] ?? '', element[2] ?? '');
      else if (!isName(name)) shell.functions.delete(name);
      else if (onlyFunctions || (!onlyVariables && !shell.variables.find(name))) shell.functions.delete(name);
      else code = await unsetVariable(shell, name);
    }
    return code;
  },
};

async function unsetVariable(shell: Shell, name: string): Promise<number> {
  try {
    shell.variables.unset(name);
    return 0;
  } catch (error) {
    if (!(error instanceof ReadonlyVariable)) throw error;
    await shell.complain(`unset: ${error.message}`);
    return 1;
  }
}

function unsetElement(shell: Shell, name: string, index: string): void {
  const variable = shell.variables.find(name);
  if (!variable) return;
  if (variable.readonly) throw new ShellFailure(`unset: ${name}: cannot unset: readonly variable`);
  if (variable.table) variable.table.delete(index.replace(/^["']|["']$/g, ''));
  else if (index === '@' || index === '*') variable.list?.clear();
  else variable.list?.delete(Number(evaluateIn(shell, index)));
}
