import { substituteCommand, substituteProcess } from '../run/substitution.ts';
import type { Shell } from '../shell.ts';
import { ShellFailure } from '../signals-of-flow.ts';
import type { ParameterPart, Word, WordPart } from '../syntax/ast.ts';
import type { DeclarationWord } from '../syntax/commands.ts';
import { elements, ReadonlyVariable } from '../variables.ts';
import { ArithmeticFailure, evaluate } from './arithmetic.ts';
import { expandBraces } from './braces.ts';
import { type Field, type Piece, plain, quoted, splitFields, splittable } from './fields.ts';
import { glob } from './glob.ts';
import { operate } from './operations.ts';
import { arrayOf, assignElement, type Holding, holdingOf, keyOf } from './parameters.ts';
import { escapePattern } from './pattern.ts';

/** Everything a command's words go through: braces, tilde, parameters, commands, arithmetic, splitting, globs, quotes. */
export async function expandWords(shell: Shell, words: readonly Word[]): Promise<string[]> {
  const result: string[] = [];
  for (const word of words) {
    for (const braced of shell.posix ? [word] : expandBraces(word)) {
      const pieces = await expandParts(shell, withTilde(shell, braced.parts), false);
      for (const field of splitFields(pieces, shell.ifs)) result.push(...globbed(shell, field));
    }
  }
  return result;
}

/** One text, neither split nor globbed: assignments, here-strings, `case` subjects. */
export async function expandText(shell: Shell, word: Word, { tildeAfterColon = false } = {}): Promise<string> {
  const pieces = await expandParts(shell, withTilde(shell, word.parts, tildeAfterColon), false);
  return pieces.map((piece) => (piece === 'border' ? ' ' : piece.text)).join('');
}

/** A pattern: its quoted characters behind backslashes. */
export async function expandPattern(shell: Shell, word: Word): Promise<string> {
  const pieces = await expandParts(shell, withTilde(shell, word.parts), false);
  return pieces.map((piece) => (piece === 'border' ? ' ' : piece.quoted ? escapePattern(piece.text) : piece.text)).join('');
}

/** A regular expression: its quoted characters taken literally. */
export async function expandRegex(shell: Shell, word: Word): Promise<string> {
  const pieces = await expandParts(shell, word.parts, false);
  return pieces.map((piece) => (piece === 'border' ? ' ' : piece.quoted ? piece.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : piece.text)).join('');
}

/** The value of an arithmetic expression. */
export async function arithmetic(shell: Shell, expression: Word): Promise<bigint> {
  const text = (await expandParts(shell, expression.parts, true)).map((p) => (p === 'border' ? ' ' : p.text)).join('');
  return evaluateIn(shell, text.replace(/"/g, ''));
}

export function evaluateIn(shell: Shell, text: string): bigint {
  const key = (name: string, index: string): string =>
    shell.variables.find(name)?.table ? index.replace(/^\$?["']?|["']$/g, '') : String(evaluateIn(shell, index));
  try {
    return evaluate(text, {
      get: (name, index) => {
        if (index === undefined) {
          const value = shell.variables.get(name);
          if (value === undefined && shell.options.has('nounset')) throw new ShellFailure(`${name}: unbound variable`, { fatal: true, code: 127 });
          return value ?? '';
        }
        const variable = arrayOf(shell, name);
        const at = key(name, index);
        return new Map(elements(variable)).get(at) ?? '';
      },
      set: (name, index, value) => (index === undefined ? shell.variables.set(name, value) : assignElement(shell, name, key(name, index), value)),
    });
  } catch (error) {
    if (error instanceof ArithmeticFailure) throw new ShellFailure(error.message, { discards: true });
    if (error instanceof ReadonlyVariable) throw new ShellFailure(error.message);
    throw error;
  }
}

async function expandParts(shell: Shell, parts: readonly WordPart[], inDouble: boolean): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const part of parts) pieces.push(...(await expandPart(shell, part, inDouble)));
  return pieces;
}

async function expandPart(shell: Shell, part: WordPart, inDouble: boolean): Promise<Piece[]> {
  switch (part.kind) {
    case 'text':
      return [inDouble ? quoted(part.text) : plain(part.text)];
    case 'quoted':
      return [quoted(part.text)];
    case 'double':
      return expandDouble(shell, part.parts);
    case 'parameter':
      return expandParameter(shell, part, inDouble);
    case 'command':
      return [value(await substituteCommand(shell, part.body), inDouble)];
    case 'arithmetic':
      return [value(String(await arithmetic(shell, part.expression)), inDouble)];
    case 'process':
      return [quoted(await substituteProcess(shell, part.body, part.direction))];
  }
}

const value = (text: string, inDouble: boolean): Piece => (inDouble ? quoted(text) : splittable(text));

async function expandDouble(shell: Shell, parts: readonly WordPart[]): Promise<Piece[]> {
  const pieces = await expandParts(shell, parts, true);
  const onlyLists = parts.length > 0 && parts.every((p) => p.kind === 'parameter' && (p.name === '@' || p.index === '@'));
  return pieces.length === 0 && !onlyLists ? [quoted('')] : pieces;
}

async function expandParameter(shell: Shell, part: ParameterPart, inDouble: boolean): Promise<Piece[]> {
  if (part.operation?.kind === 'bad') throw new ShellFailure(`${part.text}: bad substitution`, { fatal: true });
  if (part.shape === 'names') return listed(shell, { values: namesFrom(shell, part.name), list: '@', set: true }, inDouble);
  if (part.shape === 'keys') {
    const keys = elements(arrayOf(shell, part.name)).map(([key]) => key);
    return listed(shell, { values: keys, list: part.index === '*' ? '*' : '@', set: true }, inDouble);
  }
  if (part.shape === 'length') return [value(await lengthOf(shell, part), inDouble)];
  const target = part.shape === 'indirect' ? await indirect(shell, part) : part;
  const holding = await holdingOf(shell, target);
  const { operation } = part;
  if (operation && 'orNull' in operation) return choose(shell, { ...target, operation }, holding, inDouble);
  mustBeSet(shell, part, holding);
  return listed(shell, operation ? await operate(shell, target, operation, holding) : holding, inDouble);
}

const namesFrom = (shell: Shell, prefix: string) =>
  [...new Set([...shell.variables.names(), ...shell.variables.computed.keys()])].filter((n) => n.startsWith(prefix)).sort();

async function indirect(shell: Shell, part: ParameterPart): Promise<ParameterPart> {
  const variable = shell.variables.find(part.name);
  const { values } = await holdingOf(shell, part);
  const [, name = '', index] = /^([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[(.*)\])?$/.exec(values[0] ?? '') ?? [];
  if (!name)
    throw new ShellFailure(`${variable ? (values[0] ?? '') : part.name}: ${variable ? 'invalid variable name' : 'invalid indirect expansion'}`, {
      fatal: true,
    });
  if (index === undefined) return { ...part, name, shape: 'value' };
  return { ...part, name, shape: 'value', index: index === '@' || index === '*' ? index : { parts: [{ kind: 'text', text: index }] } };
}

async function lengthOf(shell: Shell, part: ParameterPart): Promise<string> {
  const holding = await holdingOf(shell, part);
  mustBeSet(shell, part, holding);
  if (holding.list) return String(holding.values.length);
  return String([...(holding.values[0] ?? '')].length);
}

function mustBeSet(shell: Shell, part: ParameterPart, { set, list }: Holding): void {
  if (set || list || !shell.options.has('nounset')) return;
  const name = part.name === '!' || part.index !== undefined ? part.text.replace(/^\$\{?#?|\}$/g, '') : part.name;
  throw new ShellFailure(`${/^\d$/.test(name) && part.text.startsWith('$') && !part.text.startsWith('${') ? `$${name}` : name}: unbound variable`, {
    fatal: true,
    code: 127,
  });
}

function listed(shell: Shell, { values, list }: Holding, inDouble: boolean): Piece[] {
  if (!list) return values.length === 0 ? (inDouble ? [quoted('')] : []) : [value(values[0] ?? '', inDouble)];
  if (list === '*' && inDouble) return [quoted(values.join(shell.ifs.slice(0, 1)))];
  return values.flatMap((v, i): Piece[] => (i === 0 ? [value(v, inDouble)] : ['border', value(v, inDouble)]));
}

/** `${x:-…}`, `${x:=…}`, `${x:?…}`, `${x:+…}` */
async function choose(shell: Shell, part: ParameterPart, holding: Holding, inDouble: boolean): Promise<Piece[]> {
  const { operation } = part;
  if (!operation || !('orNull' in operation)) return [];
  const usable = holding.set && !(operation.orNull && holding.values.join('') === '');
  const word = () =>
    expandParts(shell, inDouble ? operation.word.parts : withTilde(shell, operation.word.parts), inDouble).then((ps) => ps.map(asExpanded));
  if (operation.kind === 'alternative') return usable ? word() : inDouble ? [quoted('')] : [];
  if (usable) return listed(shell, holding, inDouble);
  if (operation.kind === 'default') return word();
  const text = (await word()).map((p) => (p === 'border' ? ' ' : p.text)).join('');
  if (operation.kind === 'error')
    throw new ShellFailure(`${part.name}: ${text || (operation.orNull ? 'parameter null or not set' : 'parameter not set')}`, {
      code: 127,
      fatal: true,
    });
  if (!/^[A-Za-z_]/.test(part.name)) throw new ShellFailure(`$${part.name}: cannot assign in this way`, { fatal: true });
  if (part.index && typeof part.index === 'object') assignElement(shell, part.name, await keyOf(shell, part.name, part.index), text);
  else shell.variables.set(part.name, text);
  return [value(text, inDouble)];
}

/** Unquoted text of a default word is split like any expansion. */
const asExpanded = (piece: Piece): Piece => (piece === 'border' || piece.quoted ? piece : splittable(piece.text));

function globbed(shell: Shell, field: Field): string[] {
  if (!field.hasPattern || shell.options.has('noglob')) return [field.text];
  const { process, shopts } = shell;
  const found = glob(process.machine.files.as(process.credentials), process.cwd, field.pattern, {
    dotglob: shopts.has('dotglob'),
    nocase: shopts.has('nocaseglob'),
    globstar: shopts.has('globstar'),
  });
  if (found.length > 0) return found;
  if (shopts.has('failglob')) throw new ShellFailure(`no match: ${field.text}`);
  return shopts.has('nullglob') ? [] : [field.text];
}

function withTilde(shell: Shell, parts: readonly WordPart[], afterColon = false): readonly WordPart[] {
  return parts.flatMap((part, i): WordPart[] => {
    if (part.kind !== 'text') return [part];
    if (!afterColon) return i === 0 ? tilde(shell, part.text, parts.length === 1) : [part];
    const pieces = part.text.split(/(?<=:)/);
    return pieces.flatMap((piece, n) =>
      i === 0 || n > 0 ? tilde(shell, piece, n < pieces.length - 1 || i === parts.length - 1) : [{ kind: 'text', text: piece }],
    );
  });
}

function tilde(shell: Shell, text: string, complete: boolean): WordPart[] {
  const [prefix, who = ''] = /^~([A-Za-z0-9_.+-]*)(?=[/:]|$)/.exec(text) ?? [];
  if (prefix === undefined || (prefix === text && !complete)) return [{ kind: 'text', text }];
  const home = tildeTarget(shell, who);
  if (home === undefined) return [{ kind: 'text', text }];
  return [
    { kind: 'quoted', text: home },
    { kind: 'text', text: text.slice(prefix.length) },
  ];
}

function tildeTarget(shell: Shell, who: string): string | undefined {
  if (who === '') return shell.variables.get('HOME') ?? shell.process.credentials.home;
  if (who === '+') return shell.process.cwd;
  if (who === '-') return shell.variables.get('OLDPWD');
  return shell.process.machine.users.find(who)?.home;
}

export const isDeclarationWord = (word: Word): word is DeclarationWord => 'assignment' in word;
