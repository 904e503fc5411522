import { callFunction } from './functions.ts';
import {
  arrayOf,
  compareValues,
  numberOf,
  type Runtime,
  regexFor,
  scalar,
  setField,
  setRecord,
  setScalar,
  textOf,
  truthOf,
  type Value,
} from './runtime.ts';
import { AwkError, type AwkProgram, type Expression } from './syntax.ts';

export interface Context {
  readonly runtime: Runtime;
  readonly program: AwkProgram;
}

export const keyOf = async (context: Context, keys: readonly Expression[]): Promise<string> => {
  const parts: string[] = [];
  for (const key of keys) parts.push(textOf(await evaluate(context, key)));
  return parts.join(textOf(scalar(context.runtime, 'SUBSEP')));
};

export async function evaluate(context: Context, expression: Expression): Promise<Value> {
  const { runtime } = context;
  switch (expression.kind) {
    case 'number':
    case 'string':
      return expression.value;
    case 'regex':
      return regexFor(runtime, expression.source).test(runtime.record) ? 1 : 0;
    case 'variable':
      return scalar(runtime, expression.name);
    case 'field': {
      const index = numberOf(await evaluate(context, expression.index));
      if (index < 0) throw new AwkError(`attempt to access field ${index}`);
      return { text: index === 0 ? runtime.record : (runtime.fields[index - 1] ?? '') };
    }
    case 'element': {
      const array = arrayOf(runtime, expression.array);
      const key = await keyOf(context, expression.keys);
      const value = array.get(key);
      if (value === undefined) array.set(key, { text: '' });
      return value ?? { text: '' };
    }
    case 'assign':
      return assign(context, expression);
    case 'step': {
      const old = numberOf(await evaluate(context, expression.target));
      await store(context, expression.target, old + expression.by);
      return expression.prefix ? old + expression.by : old;
    }
    case 'unary': {
      const value = await evaluate(context, expression.of);
      if (expression.operator === '!') return truthOf(value) ? 0 : 1;
      return expression.operator === '-' ? -numberOf(value) : numberOf(value);
    }
    case 'binary':
      return binary(context, expression);
    case 'condition':
      return evaluate(context, truthOf(await evaluate(context, expression.test)) ? expression.then : expression.otherwise);
    case 'in':
      return arrayOf(runtime, expression.array).has(await keyOf(context, expression.keys)) ? 1 : 0;
    case 'group': {
      const [only] = expression.items;
      if (expression.items.length === 1 && only) return evaluate(context, only);
      return keyOf(context, expression.items);
    }
    case 'call':
      return callFunction(context, expression.name, expression.args);
    case 'getline':
      return getline(context, expression);
  }
}

async function assign(context: Context, { operator, target, value }: Extract<Expression, { kind: 'assign' }>): Promise<Value> {
  const right = await evaluate(context, value);
  const result = operator === '=' ? right : arithmetic(operator.slice(0, -1), numberOf(await evaluate(context, target)), numberOf(right));
  await store(context, target, result);
  return result;
}

export async function store(context: Context, target: Expression, value: Value): Promise<void> {
  if (target.kind === 'variable') setScalar(context.runtime, target.name, value);
  else if (target.kind === 'field') setField(context.runtime, numberOf(await evaluate(context, target.index)), textOf(value));
  else if (target.kind === 'element') arrayOf(context.runtime, target.array).set(await keyOf(context, target.keys), value);
}

function arithmetic(operator: string, a: number, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  if (operator === '^') return a ** b;
  if (b === 0) throw new AwkError(operator === '/' ? 'division by zero' : 'division by zero in %');
  return operator === '/' ? a / b : a % b;
}

async function binary(context: Context, { operator, left, right }: Extract<Expression, { kind: 'binary' }>): Promise<Value> {
  const a = await evaluate(context, left);
  if (operator === '&&') return truthOf(a) && truthOf(await evaluate(context, right)) ? 1 : 0;
  if (operator === '||') return truthOf(a) || truthOf(await evaluate(context, right)) ? 1 : 0;
  if (operator === '~' || operator === '!~') {
    const source = right.kind === 'regex' ? right.source : textOf(await evaluate(context, right));
    return regexFor(context.runtime, source).test(textOf(a)) === (operator === '~') ? 1 : 0;
  }
  const b = await evaluate(context, right);
  if (operator === ' ') return textOf(a) + textOf(b);
  if (!['<', '<=', '==', '!=', '>', '>='].includes(operator)) return arithmetic(operator, numberOf(a), numberOf(b));
  const order = compareValues(a, b);
  const results: Readonly<Record<string, boolean>> = {
    '<': order < 0,
    '<=': order <= 0,
    '==': order === 0,
    '!=': order !== 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  return results[operator] ? 1 : 0;
}

async function getline(context: Context, { target, file, command }: Extract<Expression, { kind: 'getline' }>): Promise<Value> {
  const { runtime } = context;
  if (command) throw new AwkError('kubeproctor does not simulate getline from a command');
  const line = file ? readerOf(runtime, textOf(await evaluate(context, file)))?.shift() : await runtime.nextLine();
  if (line === undefined) return 0;
  if (!file) runtime.globals.set('NR', numberOf(scalar(runtime, 'NR')) + 1);
  if (target) await store(context, target, { text: line });
  else setRecord(runtime, line);
  return 1;
}

function readerOf(runtime: Runtime, name: string): string[] | undefined {
  const known = runtime.readers.get(name);
  if (known) return known;
  const { files, process } = runtime.invocation;
  const path = process.path(name);
  if (!files.exists(path)) return undefined;
  const lines = files.readText(path).replace(/\n$/, '').split('\n');
  runtime.readers.set(name, lines);
  return lines;
}
