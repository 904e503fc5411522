import { settled } from '../../raw-bytes.ts';
import { expandPrompt } from '../prompt.ts';
import { shellQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { ShellFailure } from '../signals-of-flow.ts';
import { ansiString } from '../syntax/ansi-quotes.ts';
import type { ParameterOperation, ParameterPart } from '../syntax/ast.ts';
import { arithmetic, expandPattern, expandText } from './expand.ts';
import type { Holding } from './parameters.ts';
import { matches, patternSource } from './pattern.ts';

type Each = (value: string) => string;

/** Applies `${x#…}`, `${x/…}`, `${x:…}` and their like to what a parameter holds. */
export async function operate(shell: Shell, part: ParameterPart, operation: ParameterOperation, holding: Holding): Promise<Holding> {
  if (operation.kind === 'slice') return slice(shell, part, operation, holding);
  const each = await transformation(shell, part, operation);
  return { ...holding, values: holding.values.map(each) };
}

async function transformation(shell: Shell, part: ParameterPart, operation: ParameterOperation): Promise<Each> {
  switch (operation.kind) {
    case 'trim':
      return trim(await expandPattern(shell, operation.pattern), operation.side, operation.longest);
    case 'replace':
      return replace(await expandPattern(shell, operation.pattern), await expandText(shell, operation.replacement), operation.where);
    case 'case':
      return recase(operation.operator, operation.pattern ? await expandPattern(shell, operation.pattern) : '?');
    case 'transform':
      return transform(shell, part, operation.operator);
    default:
      throw new ShellFailure(`${part.text}: bad substitution`, { fatal: true });
  }
}

function trim(pattern: string, side: 'prefix' | 'suffix', longest: boolean): Each {
  return (value) => {
    const lengths = Array.from({ length: value.length + 1 }, (_, i) => i);
    if (longest) lengths.reverse();
    const regex = new RegExp(`^(?:${patternSource(pattern)})$`, 'su');
    for (const length of lengths) {
      const part = side === 'prefix' ? value.slice(0, length) : value.slice(value.length - length);
      if (regex.test(part)) return side === 'prefix' ? value.slice(length) : value.slice(0, value.length - length);
    }
    return value;
  };
}

function replace(pattern: string, replacement: string, where: 'first' | 'all' | 'prefix' | 'suffix'): Each {
  if (pattern === '') return (value) => (where === 'prefix' ? replacement + value : where === 'suffix' ? value + replacement : value);
  const source = patternSource(pattern);
  const anchored = where === 'prefix' ? `^(?:${source})` : where === 'suffix' ? `(?:${source})$` : source;
  const regex = new RegExp(anchored, where === 'all' ? 'gsu' : 'su');
  return (value) => value.replace(regex, (found) => (found === '' && where === 'all' ? '' : replacement));
}

function recase(operator: '^' | '^^' | ',' | ',,', pattern: string): Each {
  const change = (char: string) => (operator.startsWith('^') ? char.toUpperCase() : char.toLowerCase());
  return (value) => [...value].map((char, i) => ((operator.length === 2 || i === 0) && matches(pattern, char) ? change(char) : char)).join('');
}

function transform(shell: Shell, part: ParameterPart, operator: string): Each {
  switch (operator) {
    case 'Q':
      return shellQuoteAlways;
    case 'U':
      return (value) => value.toUpperCase();
    case 'u':
      return (value) => value.slice(0, 1).toUpperCase() + value.slice(1);
    case 'L':
      return (value) => value.toLowerCase();
    case 'E':
      return (value) => settled(ansiString(value));
    case 'P':
      return (value) => expandPrompt(shell, value);
    case 'a':
      return () => attributes(shell, part.name);
    case 'A':
      return (value) => `${part.name}=${shellQuoteAlways(value)}`;
    default:
      throw new ShellFailure(`${part.text}: bad substitution`, { fatal: true });
  }
}

const shellQuoteAlways: Each = (value) => (/[\x00-\x1f]/.test(value) ? shellQuote(value) : `'${value.replaceAll("'", `'\\''`)}'`);

export function attributes(shell: Shell, name: string): string {
  const variable = shell.variables.find(name);
  if (!variable) return '';
  const flags: [boolean | undefined, string][] = [
    [variable.list !== undefined, 'a'],
    [variable.table !== undefined, 'A'],
    [variable.integer, 'i'],
    [variable.casing === 'lower', 'l'],
    [variable.reference, 'n'],
    [variable.readonly, 'r'],
    [variable.casing === 'upper', 'u'],
    [variable.exported, 'x'],
  ];
  return flags.map(([on, letter]) => (on ? letter : '')).join('');
}

async function slice(
  shell: Shell,
  part: ParameterPart,
  operation: Extract<ParameterOperation, { kind: 'slice' }>,
  holding: Holding,
): Promise<Holding> {
  const offset = Number(await arithmetic(shell, operation.offset));
  const length = operation.length ? Number(await arithmetic(shell, operation.length)) : undefined;
  if (!holding.list) return { ...holding, values: holding.values.map((value) => sliced([...value], offset, length, part).join('')) };
  if (length !== undefined && length < 0) throw new ShellFailure(`${length}: substring expression < 0`);
  const positional = part.name === '@' || part.name === '*';
  const all = positional ? [shell.name, ...holding.values] : holding.values;
  const from = offset < 0 ? all.length + offset : offset;
  const values = from < 0 ? [] : all.slice(from, length === undefined ? undefined : from + length);
  return { ...holding, values: positional && offset === 0 ? values : values };
}

function sliced(chars: string[], offset: number, length: number | undefined, part: ParameterPart): string[] {
  const from = offset < 0 ? chars.length + offset : offset;
  if (from < 0 || from > chars.length) return [];
  const to = length === undefined ? chars.length : length < 0 ? chars.length + length : from + length;
  if (to < from) throw new ShellFailure(`${part.text.replace(/^.*:/, '').replace(/\}$/, '').trim()}: substring expression < 0`);
  return chars.slice(from, to);
}
