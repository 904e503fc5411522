import { formatPrintf } from '../printf-format.ts';
import { strftime } from '../strftime.ts';
import { type Context, evaluate, store } from './evaluate.ts';
import { runStatement } from './execute.ts';
import { type AwkArray, arrayOf, numberOf, regexFor, scalar, setScalar, splitFields, textOf, type Value } from './runtime.ts';
import { AwkError, type Expression } from './syntax.ts';

export async function callFunction(context: Context, name: string, args: readonly Expression[]): Promise<Value> {
  const own = context.program.functions.get(name);
  if (own) return callOwn(context, own, args);
  if (name === 'split' || name === 'sub' || name === 'gsub' || name === 'match' || name === 'length') return callSpecial(context, name, args);
  const values: Value[] = [];
  for (const arg of args) values.push(await evaluate(context, arg));
  return callSimple(context, name, values);
}

async function callOwn(
  context: Context,
  { params, body }: { params: readonly string[]; body: Parameters<typeof runStatement>[1] },
  args: readonly Expression[],
): Promise<Value> {
  const { runtime } = context;
  const locals = new Map<string, Value | AwkArray>();
  for (const [i, param] of params.entries()) {
    const arg = args[i];
    if (!arg) continue;
    const held = arg.kind === 'variable' ? (runtime.locals?.get(arg.name) ?? runtime.globals.get(arg.name)) : undefined;
    if (held instanceof Map) locals.set(param, held);
    else if (arg.kind === 'variable' && held === undefined) locals.set(param, { text: '' });
    else locals.set(param, await evaluate(context, arg));
  }
  for (const param of params) if (!locals.has(param)) locals.set(param, { text: '' });
  const saved = runtime.locals;
  runtime.locals = locals;
  try {
    const flow = await runStatement(context, body);
    return typeof flow === 'object' ? flow.result : { text: '' };
  } finally {
    runtime.locals = saved;
  }
}

async function callSpecial(context: Context, name: string, args: readonly Expression[]): Promise<Value> {
  const { runtime } = context;
  const [first, second, third] = args;
  if (name === 'length') {
    if (!first) return [...runtime.record].length;
    const held = first.kind === 'variable' ? (runtime.locals?.get(first.name) ?? runtime.globals.get(first.name)) : undefined;
    return held instanceof Map ? held.size : [...textOf(await evaluate(context, first))].length;
  }
  if (!first || !second) throw new AwkError(`not enough arguments to ${name}`);
  const sourceOf = async (arg: Expression) => (arg.kind === 'regex' ? arg.source : textOf(await evaluate(context, arg)));
  if (name === 'split') {
    const text = textOf(await evaluate(context, first));
    const separator = third ? await sourceOf(third) : textOf(scalar(runtime, 'FS'));
    const parts = splitFields(runtime, text, separator);
    const array = arrayOf(runtime, second.kind === 'variable' ? second.name : '');
    array.clear();
    parts.forEach((part, i) => void array.set(String(i + 1), { text: part }));
    return parts.length;
  }
  if (name === 'match') {
    const found = regexFor(runtime, await sourceOf(second)).exec(textOf(await evaluate(context, first)));
    setScalar(runtime, 'RSTART', found ? found.index + 1 : 0);
    setScalar(runtime, 'RLENGTH', found ? found[0].length : -1);
    return found ? found.index + 1 : 0;
  }
  return substitute(context, name === 'gsub', await sourceOf(first), second, third ?? { kind: 'field', index: { kind: 'number', value: 0 } });
}

async function substitute(context: Context, all: boolean, source: string, replacement: Expression, target: Expression): Promise<number> {
  const template = textOf(await evaluate(context, replacement));
  const text = textOf(await evaluate(context, target));
  let count = 0;
  let end = -1;
  const result = text.replace(regexFor(context.runtime, source), (...parts: unknown[]) => {
    const match = String(parts[0]);
    const at = Number(parts.findLast((part) => typeof part === 'number'));
    if ((!all && count > 0) || (match === '' && at === end)) return match;
    count++;
    end = at + match.length;
    return template.replace(/\\\\|\\&|&/g, (sign) => (sign === '&' ? match : sign.slice(1)));
  });
  if (count > 0) await store(context, target, result);
  return count;
}

async function callSimple({ runtime }: Context, name: string, values: readonly Value[]): Promise<Value> {
  const [a = { text: '' }, b = { text: '' }, c] = values;
  const { process } = runtime.invocation;
  switch (name) {
    case 'substr': {
      const from = Math.round(numberOf(b));
      const to = c === undefined ? Number.POSITIVE_INFINITY : from + Math.round(numberOf(c));
      return [...textOf(a)].slice(Math.max(0, from - 1), Math.max(0, to - 1)).join('');
    }
    case 'index':
      return textOf(a).indexOf(textOf(b)) + 1;
    case 'toupper':
      return textOf(a).toUpperCase();
    case 'tolower':
      return textOf(a).toLowerCase();
    case 'sprintf':
      return formatAwk(textOf(a), values.slice(1));
    case 'int':
      return Math.trunc(numberOf(a));
    case 'sqrt':
      return Math.sqrt(numberOf(a));
    case 'exp':
      return Math.exp(numberOf(a));
    case 'log':
      return Math.log(numberOf(a));
    case 'sin':
      return Math.sin(numberOf(a));
    case 'cos':
      return Math.cos(numberOf(a));
    case 'atan2':
      return Math.atan2(numberOf(a), numberOf(b));
    case 'rand':
      return process.clock.random.next();
    case 'srand':
      return 0;
    case 'systime':
      return Math.floor(process.clock.now() / 1000);
    case 'strftime':
      return strftime(textOf(a) || '%a %b %e %H:%M:%S %Z %Y', values.length > 1 ? numberOf(b) * 1000 : process.clock.now());
    case 'system':
      return (await process.spawn({ argv: ['sh', '-c', textOf(a)] }).exited).code;
    case 'close':
    case 'fflush':
      return 0;
    default:
      throw new AwkError(`function ${name} never defined`);
  }
}

export function formatAwk(format: string, values: readonly Value[]): string {
  const args = values.map((value) => textOf(value));
  const directives = [...format.matchAll(/%[-+ 0#]*(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z%])/g)].filter((match) => match[3] !== '%');
  const fixed = directives.map((match, i) => {
    const value = values[i];
    if (value === undefined) return '';
    if (/[dioxXu]/.test(match[3] ?? '')) return String(Math.trunc(numberOf(value)));
    if (/[eEfFgG]/.test(match[3] ?? '')) return String(numberOf(value));
    return match[3] === 'c' && typeof value === 'number' ? String.fromCodePoint(value) : (args[i] ?? '');
  });
  return formatPrintf(format.replaceAll('\\', '\\\\'), fixed).text;
}
