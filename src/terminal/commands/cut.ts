import { chomp, lineBatches, openInput } from './input.ts';
import { quote, quoteIfNeeded } from './quoting.ts';
import { defineUtility, Failure } from './utility.ts';

type Range = readonly [from: number, to: number];

export const cut = defineUtility({
  names: ['cut'],
  options: 'b,bytes= c,characters= d,delimiter= f,fields= n complement s,only-delimited output-delimiter= z,zero-terminated',
  usage: 'cut OPTION... [FILE]...',
  async run(u) {
    const { options } = u;
    const kinds = ['b', 'c', 'f'].filter((key) => options.has(key));
    const [kind] = kinds;
    if (!kind) throw new Failure('you must specify a list of bytes, characters, or fields', { usage: true });
    if (kinds.length > 1) throw new Failure('only one type of list may be specified', { usage: true });
    const delimiter = options.value('d') ?? '\t';
    if ([...delimiter].length > 1) throw new Failure('the delimiter must be a single character', { usage: true });
    if (kind !== 'f' && options.has('d')) throw new Failure('an input delimiter may be specified only when operating on fields', { usage: true });
    const chosen = parseRanges(options.value(kind) ?? '', kind === 'f');
    const wanted = (index: number) => chosen.some(([from, to]) => index >= from && index <= to) !== options.has('complement');
    const terminator = options.has('z') ? '\0' : '\n';
    const joiner = options.value('output-delimiter') ?? (kind === 'f' ? delimiter : '');
    const pick = (line: string): string | undefined => {
      if (kind !== 'f') return [...line].filter((_, i) => wanted(i + 1)).join(joiner);
      if (!line.includes(delimiter)) return options.has('s') ? undefined : line;
      return line
        .split(delimiter)
        .filter((_, i) => wanted(i + 1))
        .join(joiner);
    };
    for (const name of u.operands.length > 0 ? u.operands : ['-']) {
      await u.tolerate(quoteIfNeeded(name), async () => {
        for await (const batch of lineBatches(openInput(u.process, name), terminator)) {
          const picked = batch.map((line) => pick(chomp(line, terminator))).filter((line) => line !== undefined);
          await u.print(picked.map((line) => line + terminator).join(''));
        }
      });
    }
  },
});

function parseRanges(text: string, fields: boolean): Range[] {
  const what = fields ? 'field' : 'byte/character position';
  return text.split(/[, ]/).map((word) => {
    const match = /^(\d*)(-?)(\d*)$/.exec(word);
    const [, from = '', dash = '', to = ''] = match ?? [];
    if (!match) throw new Failure(`invalid ${what === 'field' ? 'field value' : what} ${quote(word)}`, { usage: true });
    if (dash && from === '' && to === '') throw new Failure('invalid range with no endpoint: -', { usage: true });
    if (from === '0' || (to === '0' && dash) || word === '') {
      throw new Failure(fields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1', { usage: true });
    }
    const last = dash ? (to === '' ? Number.POSITIVE_INFINITY : Number(to)) : Number(from);
    if (last < Number(from || '1')) throw new Failure('invalid decreasing range', { usage: true });
    return [Number(from || '1'), last] as const;
  });
}
