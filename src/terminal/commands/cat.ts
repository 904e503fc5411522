import { chunks, lineBatches, openInput } from './input.ts';
import { quoteIfNeeded } from './quoting.ts';
import { defineUtility, type Invocation } from './utility.ts';

export const cat = defineUtility({
  names: ['cat'],
  options: 'A,show-all b,number-nonblank e E,show-ends n,number s,squeeze-blank t T,show-tabs u v,show-nonprinting',
  usage: 'cat [OPTION]... [FILE]...',
  async run(u) {
    const format = createFormatter(u);
    for (const name of u.operands.length > 0 ? u.operands : ['-']) {
      await u.tolerate(quoteIfNeeded(name), async () => {
        const source = openInput(u.process, name);
        if (!format) for await (const chunk of chunks(source)) await u.process.stdout.write(chunk);
        else for await (const batch of lineBatches(source)) await u.print(batch.map(format).join(''));
      });
    }
  },
});

function createFormatter({ options }: Invocation): ((line: string) => string) | undefined {
  const all = options.has('A');
  const ends = all || options.has('e') || options.has('E');
  const tabs = all || options.has('t') || options.has('T');
  const visible = all || options.has('e') || options.has('t') || options.has('v');
  const squeeze = options.has('s');
  const nonblank = options.has('b');
  const numbered = nonblank || options.has('n');
  if (!ends && !tabs && !visible && !squeeze && !numbered) return undefined;
  let number = 0;
  let blanks = 0;
  return (line) => {
    blanks = line === '\n' ? blanks + 1 : 0;
    if (squeeze && blanks > 1) return '';
    const prefix = numbered && !(nonblank && line === '\n') ? `${String(++number).padStart(6)}\t` : '';
    const body = line.endsWith('\n') ? line.slice(0, -1) : line;
    const shown = show(body, visible, tabs);
    return prefix + shown + (line.endsWith('\n') ? `${ends ? '$' : ''}\n` : '');
  };
}

function show(text: string, visible: boolean, tabs: boolean): string {
  const tabbed = tabs ? text.replaceAll('\t', '^I') : text;
  if (!visible) return tabbed;
  return Array.from(new TextEncoder().encode(tabbed), (byte) => {
    const low = byte & 0x7f;
    const shown = low < 32 && byte !== 9 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low);
    return byte >= 128 ? `M-${low === 9 ? '^I' : shown}` : shown;
  }).join('');
}
