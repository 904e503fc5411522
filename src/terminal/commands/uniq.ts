import { chomp, lineBatches, openInput } from './input.ts';
import { createOutput } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { defineUtility, type Invocation } from './utility.ts';

export const uniq = defineUtility({
  names: ['uniq'],
  options: 'c,count d,repeated D all-repeated? f,skip-fields= group? i,ignore-case s,skip-chars= u,unique w,check-chars= z,zero-terminated',
  usage: 'uniq [OPTION]... [INPUT [OUTPUT]]',
  async run(u) {
    const [input = '-', output] = u.operands;
    const terminator = u.options.has('z') ? '\0' : '\n';
    await u.tolerate(quoteIfNeeded(input), async () => {
      const source = openInput(u.process, input);
      const write = output === undefined ? u.print : createOutput(u.process, output);
      let group: string[] = [];
      for await (const batch of lineBatches(source, terminator)) {
        let text = '';
        for (const raw of batch) {
          const line = chomp(raw, terminator);
          if (group.length > 0 && keyOf(u, group[0] ?? '') !== keyOf(u, line)) {
            text += show(u, group, terminator);
            group = [];
          }
          group.push(line);
        }
        await write(text);
      }
      await write(show(u, group, terminator));
    });
  },
});

function keyOf({ options }: Invocation, line: string): string {
  let key = line;
  for (let i = Number(options.value('f') ?? '0'); i > 0; i--) key = key.replace(/^[ \t]*[^ \t]*/, '');
  key = key.slice(Number(options.value('s') ?? '0'));
  const width = options.value('w');
  if (width !== undefined) key = key.slice(0, Number(width));
  return options.has('i') ? key.toLowerCase() : key;
}

function show({ options }: Invocation, group: readonly string[], terminator: string): string {
  const [first] = group;
  if (first === undefined) return '';
  if (options.has('D') || options.has('all-repeated')) return group.length > 1 ? group.map((line) => line + terminator).join('') : '';
  if (options.has('d') && group.length < 2) return '';
  if (options.has('u') && group.length > 1) return '';
  return `${options.has('c') ? `${String(group.length).padStart(7)} ` : ''}${first}${terminator}`;
}
