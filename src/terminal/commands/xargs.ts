import { openInput, readText } from './input.ts';
import { defineUtility, Failure, type Invocation, runChild } from './utility.ts';

export const xargs = defineUtility({
  names: ['xargs'],
  options:
    '0,null a,arg-file= d,delimiter= E= I= i? L,max-lines= l? n,max-args= o,open-tty P,max-procs= p,interactive process-slot-var= r,no-run-if-empty s,max-chars= t,verbose x,exit show-limits',
  stopAtOperand: true,
  package: '(GNU findutils) 4.9.0',
  usage: 'xargs [OPTION]... COMMAND [INITIAL-ARGS]...',
  async run(u) {
    const command = u.operands.length > 0 ? [...u.operands] : ['echo'];
    const placeholder = u.options.value('I') ?? (u.options.has('i') ? '{}' : undefined);
    const text = await readText(openInput(u.process, u.options.value('a') ?? '-'));
    const items = placeholder === undefined ? splitItems(u, text) : splitLines(u, text);
    for (const argv of commandLines(u, command, items, placeholder)) {
      if (u.options.has('t')) await u.process.error(`${argv.join(' ')}\n`);
      const code = await runChild(u, argv);
      if (code === 126 || code === 127) {
        u.status = code;
        return;
      }
      if (code === 255) throw new Failure(`${argv[0]}: exited with status 255; aborting`, { status: 124 });
      if (code !== 0) u.status = 123;
    }
  },
});

const separatorOf = ({ options }: Invocation): string | undefined =>
  options.has('0') ? '\0' : options.value('d')?.replace(/\\(.)/g, (_, c: string) => ({ n: '\n', t: '\t', '0': '\0' })[c] ?? c);

const splitLines = (u: Invocation, text: string): string[] =>
  text
    .split(separatorOf(u) ?? '\n')
    .map((line) => line.trimStart())
    .filter(Boolean);

function splitItems(u: Invocation, text: string): string[] {
  const separator = separatorOf(u);
  if (separator !== undefined) {
    const parts = text.split(separator);
    return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
  }
  const items: string[] = [];
  const pattern = /(?:"([^"\n]*)"|'([^'\n]*)'|\\(.)|([^\s"'\\]+))|(\s+)|(.)/gs;
  let current: string | undefined;
  for (const [, double, single, escaped, plain, blank, stray] of text.matchAll(pattern)) {
    if (stray !== undefined)
      throw new Failure(
        `unmatched ${stray === '"' ? 'double' : 'single'} quote; by default quotes are special to xargs unless you use the -0 option`,
      );
    if (blank === undefined) current = (current ?? '') + (double ?? single ?? escaped ?? plain ?? '');
    else if (current !== undefined) {
      items.push(current);
      current = undefined;
    }
  }
  return current === undefined ? items : [...items, current];
}

function commandLines(u: Invocation, command: readonly string[], items: readonly string[], placeholder: string | undefined): string[][] {
  if (placeholder !== undefined) return items.map((item) => command.map((word) => word.replaceAll(placeholder, item)));
  if (items.length === 0) return u.options.has('r') ? [] : [[...command]];
  const size = Number(u.options.value('n') ?? u.options.value('L') ?? '1000');
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => [...command, ...items.slice(i * size, (i + 1) * size)]);
}
