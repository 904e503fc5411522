import { FileError } from '../../../machine/index.ts';
import { openInput, readText } from '../input.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { evaluate, type Scope } from './evaluate.ts';
import { readJsonStream } from './json-stream.ts';
import { parseJq } from './parse.ts';
import { printJson } from './print-json.ts';
import { type Filter, JqError, JqSyntaxError, type Json } from './syntax.ts';

export const jq = defineUtility({
  names: ['jq'],
  options:
    'r,raw-output R,raw-input c,compact-output n,null-input s,slurp e,exit-status S,sort-keys C,color-output M,monochrome-output a,ascii-output j,join-output tab indent= f,from-file= arg argjson slurpfile rawfile args jsonargs raw-output0 seq unbuffered L=',
  failure: 2,
  package: '1.7.1',
  usage: 'jq [OPTIONS] FILTER [FILES...]',
  rewrite: takeNamed,
  async run(u) {
    const operands = [...u.operands];
    const { variables, named } = await readVariables(u);
    const file = u.options.value('f');
    const program = file === undefined ? operands.shift() : await readText(openInput(u.process, file));
    if (program === undefined) throw new Failure('', { usage: true });
    const positional = u.options.has('args') ? operands.splice(0) : [];
    const scope = createScope(u, new Map<string, Json>([...variables, ['__prog_args', positional], ['ARGS', { positional, named }]]));
    const filter = compile(program);
    const inputs = u.options.has('n') ? [null] : await readInputs(u, operands);
    let last: Json = null;
    for (const input of inputs) last = (await runOne(u, filter, input, scope)) ?? last;
    if (u.options.has('e') && u.status === 0) u.status = last === null || last === false ? 1 : 0;
  },
});

const NAMED: Readonly<Record<string, number>> = { '--arg': 2, '--argjson': 2, '--slurpfile': 2, '--rawfile': 2 };

/** `--arg name value` takes two words: kept together as one option so that they are no operands. */
function takeNamed(args: readonly string[]): readonly string[] {
  const out: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (NAMED[word] === undefined) out.push(word);
    else {
      rest.push(word.slice(2), args[i + 1] ?? '', args[i + 2] ?? '');
      i += 2;
    }
  }
  return rest.length > 0 ? [...out, `-L${JSON.stringify(rest)}`] : out;
}

async function readVariables(u: Invocation): Promise<{ variables: Map<string, Json>; named: { [key: string]: Json } }> {
  const named: { [key: string]: Json } = {};
  for (const packed of u.options.values('L')) {
    if (!packed.startsWith('[')) continue;
    const words = JSON.parse(packed) as string[];
    for (let i = 0; i < words.length; i += 3) named[words[i + 1] ?? ''] = await variableOf(u, words[i] ?? '', words[i + 2] ?? '');
  }
  return { variables: new Map(Object.entries(named)), named };
}

async function variableOf(u: Invocation, kind: string, value: string): Promise<Json> {
  if (kind === 'arg') return value;
  if (kind === 'argjson') {
    try {
      return JSON.parse(value) as Json;
    } catch {
      throw new Failure(
        `Invalid JSON text passed to --argjson\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://jqlang.github.io/jq`,
      );
    }
  }
  const text = await readText(openInput(u.process, value));
  return kind === 'rawfile' ? text : readJsonStream(text).values;
}

export function createScope(u: Invocation, variables: ReadonlyMap<string, Json>): Scope {
  return {
    variables,
    functions: new Map(),
    budget: { left: 20_000_000 },
    inputs: () => [][Symbol.iterator](),
    now: () => u.process.clock.now(),
    env: Object.fromEntries(u.process.env),
  };
}

export function compile(program: string): Filter {
  try {
    return parseJq(program);
  } catch (error) {
    if (!(error instanceof JqSyntaxError)) throw error;
    throw new Failure(`error: ${error.message} (Unix shell quoting issues?) at <top-level>, line 1:\n${program}\njq: 1 compile error`, { status: 3 });
  }
}

async function readInputs(u: Invocation, names: readonly string[]): Promise<Json[]> {
  let text = '';
  for (const name of names.length > 0 ? names : ['-']) {
    try {
      text += await readText(openInput(u.process, name));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await u.complain(`error: Could not open ${name}: ${error.message}`);
    }
  }
  if (u.options.has('R')) {
    if (u.options.has('s')) return [text];
    return text === '' ? [] : text.replace(/\n$/, '').split('\n');
  }
  const { values, error } = readJsonStream(text);
  if (error !== undefined) await u.complain(`${error.startsWith('parse') ? error : `parse error: ${error}`}`);
  return u.options.has('s') ? [values] : values;
}

async function runOne(u: Invocation, filter: Filter, input: Json, scope: Scope): Promise<Json | undefined> {
  let last: Json | undefined;
  try {
    for (const value of evaluate(filter, input, scope)) {
      last = value;
      await u.print(present(u, value));
    }
  } catch (error) {
    if (error instanceof JqSyntaxError) throw new Failure(`error: ${error.message} at <top-level>, line 1:\njq: 1 compile error`, { status: 3 });
    if (error instanceof RangeError) throw new Failure('error (at <stdin>:0): stack overflow', { status: 5 });
    if (!(error instanceof JqError)) throw error;
    u.status = 5;
    await u.process.error(
      `jq: error (at <stdin>:0)${typeof error.value === 'string' ? '' : ' (not a string)'}: ${typeof error.value === 'string' ? error.value : JSON.stringify(error.value)}\n`,
    );
  }
  return last;
}

function present({ options, process }: Invocation, value: Json): string {
  const raw = options.has('r') || options.has('j') || options.has('raw-output0');
  const end = options.has('j') ? '' : options.has('raw-output0') ? '\0' : '\n';
  if (raw && typeof value === 'string') return value + end;
  const indent = options.has('c') ? '' : options.has('tab') ? '\t' : ' '.repeat(Number(options.value('indent') ?? '2'));
  const color = options.last('C', 'M') === 'C' || (!options.has('M') && process.stdout.tty !== undefined);
  return printJson(value, { indent, sortKeys: options.has('S'), color, ascii: options.has('a') }) + end;
}
