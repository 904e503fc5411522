import type { Call, Expression, MacroName } from './ast.ts';
import type { TokenReader } from './token-reader.ts';

/** Arguments beside the variables: a body, or a filter and a body. */
const RANGE_MACROS: Readonly<Record<string, MacroName>> = {
  all: 'all',
  exists: 'exists',
  exists_one: 'exists_one',
  existsOne: 'exists_one',
  map: 'map',
  filter: 'filter',
  transformList: 'transformList',
  transformMap: 'transformMap',
};

/** Calls that are macros become what they stand for; the rest stay calls. */
export function expandMacro(tokens: TokenReader, call: Call): Expression {
  const { name, target, args, at } = call;
  if (!target) return name === 'has' && args.length === 1 ? presence(tokens, call) : call;
  if (name === 'bind' && target.op === 'identifier' && target.name === 'cel' && args.length === 3) return binding(tokens, call);
  if ((name === 'optMap' || name === 'optFlatMap') && args.length === 2) {
    const [variable, body] = args;
    if (!variable || !body) return call;
    return { op: 'bind', macro: name, at, variable: simpleName(tokens, variable), value: target, body };
  }
  const macro = RANGE_MACROS[name];
  return macro ? comprehension(tokens, call, target, macro) : call;
}

function presence(tokens: TokenReader, { args, at }: Call): Expression {
  const [arg] = args;
  if (arg?.op === 'select' && !arg.optional) return { ...arg, at, test: true };
  tokens.issues.push({ at: arg?.at ?? at, message: 'invalid argument to has() macro' });
  return { op: 'literal', at, value: false, type: { kind: 'bool' } };
}

function binding(tokens: TokenReader, call: Call): Expression {
  const [variable, value, body] = call.args;
  if (!variable || !value || !body) return call;
  return { op: 'bind', macro: 'bind', at: call.at, variable: simpleName(tokens, variable), value, body };
}

function comprehension(tokens: TokenReader, call: Call, range: Expression, macro: MacroName): Expression {
  const { args, at } = call;
  const isTransform = macro === 'transformList' || macro === 'transformMap';
  const variables = isTransform || (args.length === 3 && macro !== 'map') ? 2 : 1;
  const bodies = args.slice(variables);
  const mayFilter = macro === 'map' || isTransform;
  if (bodies.length !== 1 && !(mayFilter && bodies.length === 2)) return call;
  if (macro === 'filter' && variables === 2) return call;
  const names = args.slice(0, variables).map((arg) => simpleName(tokens, arg));
  const [first, second] = bodies;
  if (!first) return call;
  return { op: 'comprehension', at, macro, range, variables: names, ...(second ? { filter: first } : {}), body: second ?? first };
}

function simpleName(tokens: TokenReader, expression: Expression): string {
  if (expression.op === 'identifier') return expression.name;
  tokens.issues.push({ at: expression.at, message: 'argument must be a simple name' });
  return '';
}
