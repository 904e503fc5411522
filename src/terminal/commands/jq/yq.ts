import { parseAllDocuments, stringify } from 'yaml';
import { openInput, readText } from '../input.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { evaluate } from './evaluate.ts';
import { compile, createScope } from './jq.ts';
import { printJson } from './print-json.ts';
import { type Filter, JqError, type Json } from './syntax.ts';

/** mikefarah's yq, on the same engine as jq. */
export const yq = defineUtility({
  names: ['yq'],
  options:
    'i,inplace o,output-format,tojson= p,input-format= r,unwrapScalar? P,prettyPrint I,indent= N,no-doc n,null-input e,exit-status C,colors M,no-colors j V d,doc= s=',
  package: '(https://github.com/mikefarah/yq/) version v4.44.3',
  usage: 'yq [flags] [expression] [file]...',
  async run(u) {
    let operands = [...u.operands];
    if (['eval', 'e', 'eval-all', 'ea'].includes(operands[0] ?? '')) operands = operands.slice(1);
    const alone = operands.length === 1 && u.files.exists(u.process.path(operands[0] ?? '')) && operands[0] !== '.';
    const program = alone ? '.' : (operands.shift() ?? '.');
    const filter = compile(program);
    if (u.options.has('n')) return u.print(await resultOf(u, filter, [null]));
    for (const name of operands.length > 0 ? operands : ['-']) {
      const text = await readText(openInput(u.process, name));
      const out = await resultOf(u, filter, parseInput(text));
      if (u.options.has('i') && name !== '-') u.files.write(u.process.path(name), out);
      else await u.print(out);
    }
  },
});

function parseInput(text: string): Json[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  for (const { errors } of documents) {
    const [first] = errors;
    if (first) throw new Failure(`Error: bad file '-': yaml: line ${first.linePos?.[0].line ?? 1}: ${first.message.split('\n')[0]}`);
  }
  return documents.map((document) => (document.toJS() ?? null) as Json);
}

async function resultOf(u: Invocation, filter: Filter, inputs: readonly Json[]): Promise<string> {
  const json = u.options.has('j') || /^j/.test(u.options.value('o') ?? '');
  const indent = Number(u.options.value('I') ?? '2');
  const out: string[] = [];
  try {
    for (const input of inputs) {
      for (const value of evaluate(filter, input, createScope(u, new Map())))
        out.push(
          json ? `${printJson(value, { indent: ' '.repeat(indent), sortKeys: false, color: false, ascii: false })}\n` : yamlText(value, indent),
        );
    }
  } catch (error) {
    if (!(error instanceof JqError)) throw error;
    throw new Failure(`Error: ${error.message}`);
  }
  return inputs.length > 1 && !json && !u.options.has('N') ? out.join('---\n') : out.join('');
}

const yamlText = (value: Json, indent: number): string =>
  value !== null && typeof value === 'object'
    ? stringify(value, { indent, lineWidth: 0, indentSeq: true })
    : `${typeof value === 'string' ? value : String(value)}\n`;
