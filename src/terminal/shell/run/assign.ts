import { evaluateIn, expandText, expandWords } from '../expansion/expand.ts';
import { asList, assignElement, keyOf } from '../expansion/parameters.ts';
import { traceQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { ShellFailure } from '../signals-of-flow.ts';
import type { ArrayElement, Assignment } from '../syntax/ast.ts';
import { ReadonlyVariable, scalar, type Variable } from '../variables.ts';

export async function assign(shell: Shell, assignment: Assignment): Promise<void> {
  const { name, index, append, value } = assignment;
  try {
    if (isElements(value)) return await assignArray(shell, name, value, append);
    const text = await expandText(shell, value, { tildeAfterColon: true });
    if (shell.options.has('xtrace')) await trace(shell, [`${name}${append ? '+' : ''}=${text === '' ? '' : traceQuote(text)}`]);
    if (index?.parts.length === 0) throw new ShellFailure(`${name}[]: bad array subscript`, { discards: true });
    if (index) assignIndexed(shell, name, await keyOf(shell, name, index), text, append);
    else assignScalar(shell, name, text, append);
  } catch (error) {
    if (error instanceof ReadonlyVariable) throw new ShellFailure(error.message, { fatal: true });
    throw error;
  }
}

const isElements = (value: Assignment['value']): value is readonly ArrayElement[] => Array.isArray(value);

export function assignScalar(shell: Shell, name: string, text: string, append = false): void {
  const variable = shell.variables.find(name);
  const old = shell.variables.get(name) ?? '';
  shell.variables.set(name, converted(shell, variable, text, append ? old : undefined));
  if (shell.options.has('allexport')) shell.variables.writable(name).exported = true;
}

export function assignIndexed(shell: Shell, name: string, key: string, text: string, append: boolean): void {
  const variable = shell.variables.find(name);
  const old = variable?.table?.get(key) ?? variable?.list?.get(Number(key)) ?? (key === '0' ? variable?.value : undefined);
  assignElement(shell, name, key, converted(shell, variable, text, append ? (old ?? '') : undefined));
}

function converted(shell: Shell, variable: Variable | undefined, text: string, appendTo: string | undefined): string {
  if (variable?.integer) return String(evaluateIn(shell, text) + (appendTo ? evaluateIn(shell, appendTo) : 0n));
  const whole = (appendTo ?? '') + text;
  if (variable?.casing) return variable.casing === 'lower' ? whole.toLowerCase() : whole.toUpperCase();
  return whole;
}

export async function assignArray(shell: Shell, name: string, items: readonly ArrayElement[], append: boolean): Promise<void> {
  const values = shell.variables.find(name)?.table ? undefined : await listValues(shell, items, append, name);
  const variable = shell.variables.writable(name);
  if (values) {
    if (!append) variable.list = new Map();
    const list = asList(variable);
    for (const [key, value] of values) list.set(key, converted(shell, variable, value, undefined));
    delete variable.value;
    return;
  }
  const table = append ? (variable.table ?? new Map<string, string>()) : new Map<string, string>();
  for (const pair of await tablePairs(shell, items)) table.set(...pair);
  variable.table = table;
}

async function listValues(shell: Shell, items: readonly ArrayElement[], append: boolean, name: string): Promise<[number, string][]> {
  const existing = shell.variables.find(name);
  const keys = existing?.list ? [...existing.list.keys()] : existing && scalar(existing) !== undefined ? [0] : [];
  let next = append ? Math.max(-1, ...keys) + 1 : 0;
  const result: [number, string][] = [];
  for (const { index, value } of items) {
    if (index) {
      next = Number(await keyOf(shell, '', index));
      result.push([next++, await expandText(shell, value)]);
    } else for (const word of await expandWords(shell, [value])) result.push([next++, word]);
  }
  return result;
}

async function tablePairs(shell: Shell, items: readonly ArrayElement[]): Promise<[string, string][]> {
  const result: [string, string][] = [];
  const bare: string[] = [];
  for (const { index, value } of items) {
    if (index) result.push([await expandText(shell, index), await expandText(shell, value)]);
    else bare.push(await expandText(shell, value));
  }
  for (let i = 0; i < bare.length; i += 2) result.push([bare[i] ?? '', bare[i + 1] ?? '']);
  return result;
}

/** What `set -x` shows. */
export async function trace(shell: Shell, words: readonly string[]): Promise<void> {
  const mark = shell.variables.get('PS4') ?? '+ ';
  await shell.error(`${mark.slice(0, 1).repeat(shell.traceDepth)}${mark}${words.join(' ')}\n`);
}
