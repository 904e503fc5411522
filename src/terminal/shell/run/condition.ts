import { evaluateIn, expandPattern, expandRegex, expandText } from '../expansion/expand.ts';
import { matches } from '../expansion/pattern.ts';
import type { Shell } from '../shell.ts';
import type { Condition } from '../syntax/ast.ts';
import { binaryTest, unaryTest } from './test-operators.ts';

/** `[[ … ]]`: 0 true, 1 false, 2 not understood. */
export async function evaluateCondition(shell: Shell, condition: Condition): Promise<number> {
  switch (condition.kind) {
    case 'not':
      return negated(await evaluateCondition(shell, condition.operand));
    case 'and': {
      const left = await evaluateCondition(shell, condition.left);
      return left === 0 ? evaluateCondition(shell, condition.right) : left;
    }
    case 'or': {
      const left = await evaluateCondition(shell, condition.left);
      return left === 1 ? evaluateCondition(shell, condition.right) : left;
    }
    case 'unary':
      return yes(unaryTest(shell, condition.operator, await expandText(shell, condition.operand)) ?? false);
    case 'binary':
      return compare(shell, condition);
  }
}

const yes = (value: boolean): number => (value ? 0 : 1);
const negated = (code: number): number => (code > 1 ? code : 1 - code);

async function compare(shell: Shell, { operator, left, right }: Extract<Condition, { kind: 'binary' }>): Promise<number> {
  const subject = await expandText(shell, left);
  const flags = shell.shopts.has('nocasematch') ? 'i' : '';
  if (operator === '==' || operator === '=' || operator === '!=')
    return yes(matches(await expandPattern(shell, right), subject, flags) === (operator !== '!='));
  if (operator === '=~') return regexMatch(shell, subject, await expandRegex(shell, right), flags);
  const other = await expandText(shell, right);
  if (/^-(eq|ne|lt|le|gt|ge)$/.test(operator))
    return yes(binaryTest(shell, String(evaluateIn(shell, subject)), operator, String(evaluateIn(shell, other))) ?? false);
  return yes(binaryTest(shell, subject, operator, other) ?? false);
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};

function regexMatch(shell: Shell, subject: string, pattern: string, flags: string): number {
  const source = pattern.replace(/\[:(\w+):\]/g, (all, name: string) => CLASSES[name] ?? all);
  let found: RegExpExecArray | null;
  try {
    found = new RegExp(source, `s${flags}`).exec(subject);
  } catch {
    return 2;
  }
  shell.variables.unset('BASH_REMATCH');
  shell.variables.writable('BASH_REMATCH').list = new Map((found ?? []).map((text, i) => [i, text ?? '']));
  return yes(found !== null);
}
