import { FileError } from '../../../machine/index.ts';
import { chomp, lines, openInput, readText } from '../input.ts';
import { PatternError } from '../posix-regex.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import type { Context } from './evaluate.ts';
import { runAwk } from './execute.ts';
import { parseAwk } from './parse-program.ts';
import { type AwkArray, type Runtime, setScalar, type Value } from './runtime.ts';
import { AwkError } from './syntax.ts';
import { unescapeText } from './tokens.ts';

export const awk = defineUtility({
  names: ['awk', 'gawk', 'mawk', 'nawk'],
  options: 'F,field-separator= v,assign= f,file= W=',
  stopAtOperand: true,
  failure: 2,
  usage: "awk [POSIX or GNU style options] [--] 'program' file ...",
  async run(u) {
    const operands = [...u.operands];
    const scripts: string[] = [];
    for (const name of u.options.values('f')) scripts.push(await readText(openInput(u.process, name)));
    const text = scripts.length > 0 ? scripts.join('\n') : operands.shift();
    if (text === undefined) throw new Failure('', { usage: true });
    try {
      const program = parseAwk(text);
      const runtime = createRuntime(u, operands);
      const separator = u.options.value('F');
      if (separator !== undefined) setScalar(runtime, 'FS', separator === 't' ? '\t' : unescapeText(separator));
      for (const assignment of u.options.values('v')) assign(runtime, assignment);
      const context: Context = { runtime, program };
      await runAwk(context);
      u.status = runtime.exitCode || u.status;
    } catch (error) {
      if (error instanceof AwkError || error instanceof PatternError) throw new Failure(error.message);
      throw error;
    }
  },
});

function assign(runtime: Runtime, text: string): void {
  const equals = text.indexOf('=');
  setScalar(runtime, text.slice(0, equals), { text: unescapeText(text.slice(equals + 1)) });
}

function createRuntime(u: Invocation, operands: readonly string[]): Runtime {
  const args: AwkArray = new Map(['awk', ...operands].map((word, i): [string, Value] => [String(i), { text: word }]));
  const globals = new Map<string, Value | AwkArray>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['RS', '\n'],
    ['NR', 0],
    ['FNR', 0],
    ['NF', 0],
    ['SUBSEP', '\x1c'],
    ['OFMT', '%.6g'],
    ['CONVFMT', '%.6g'],
    ['FILENAME', ''],
    ['RSTART', 0],
    ['RLENGTH', -1],
    ['ENVIRON', new Map([...u.process.env].map(([name, value]): [string, Value] => [name, { text: value }]))],
    ['ARGC', args.size],
    ['ARGV', args],
  ]);
  let reading: AsyncGenerator<string> | undefined;
  const runtime: Runtime = {
    invocation: u,
    globals,
    locals: undefined,
    record: '',
    fields: [],
    active: new Set(),
    regexes: new Map(),
    outputs: new Map(),
    pipes: new Map(),
    readers: new Map(),
    exitCode: 0,
    steps: 0,
    nextLine: async () => {
      reading ??= readRecords(u, runtime, operands);
      const { value, done } = await reading.next();
      return done ? undefined : value;
    },
  };
  return runtime;
}

/** Operands are files to read, or assignments made when their turn comes. */
async function* readRecords(u: Invocation, runtime: Runtime, operands: readonly string[]): AsyncGenerator<string> {
  const isAssignment = (word: string) => /^[A-Za-z_]\w*=/.test(word);
  const names = operands.every(isAssignment) ? [...operands, '-'] : operands;
  for (const name of names) {
    if (isAssignment(name)) {
      assign(runtime, name);
      continue;
    }
    runtime.globals.set('FILENAME', name === '-' ? '' : name);
    runtime.globals.set('FNR', 0);
    try {
      yield* recordsOf(u, runtime, name);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await u.process.error(`awk: cannot open "${name}" (${error.message})\n`);
      u.status = 2;
    }
  }
}

async function* recordsOf(u: Invocation, runtime: Runtime, name: string): AsyncGenerator<string> {
  const separator = runtime.globals.get('RS');
  const source = openInput(u.process, name);
  if (separator === '\n') {
    for await (const line of lines(source)) yield chomp(line);
    return;
  }
  const text = await readText(source);
  const split = typeof separator === 'object' && 'text' in separator ? separator.text : String(separator);
  if (split === '') yield* text.trim().split(/\n{2,}/);
  else yield* text.replace(/\n$/, '').split(split.length === 1 ? split : new RegExp(split));
}
