import type { Expression } from './ast.ts';

/** Whether an expression refers to a name anywhere. */
export function mentions(expression: Expression, name: string): boolean {
  if (expression.op === 'identifier') return expression.name === name;
  return inside(expression).some((one) => mentions(one, name));
}

function inside(expression: Expression): readonly Expression[] {
  switch (expression.op) {
    case 'select':
      return [expression.target];
    case 'call':
      return [...(expression.target ? [expression.target] : []), ...expression.args];
    case 'list':
      return expression.items.map(({ value }) => value);
    case 'map':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'struct':
      return expression.fields.map(({ value }) => value);
    case 'comprehension':
      return [expression.range, expression.body, ...(expression.filter ? [expression.filter] : [])];
    case 'bind':
      return [expression.value, expression.body];
    default:
      return [];
  }
}
