import type { Command, Operand } from './go-template-parser.ts';

/** A piece of a template as Go's error messages show it. */
export const showCommand = (command: Command): string => command.args.map(showOperand).join(' ');

export function showOperand(operand: Operand): string {
  switch (operand.type) {
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'constant':
      return operand.text;
    case 'field':
      return operand.path.map((name) => `.${name}`).join('');
    case 'variable':
      return operand.name + operand.path.map((name) => `.${name}`).join('');
    case 'function':
      return operand.name;
    case 'chain':
      return `${showOperand(operand.inner)}${operand.path.map((name) => `.${name}`).join('')}`;
    case 'pipe':
      return `(${operand.pipe.commands.map(showCommand).join(' | ')})`;
  }
}
