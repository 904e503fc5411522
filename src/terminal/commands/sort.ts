import { collectLines } from './input.ts';
import { createOutput } from './output.ts';
import { shellQuote } from './quoting.ts';
import { compareKeys, parseKeys } from './sort-keys.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const sort = defineUtility({
  names: ['sort'],
  options:
    'b,ignore-leading-blanks d,dictionary-order f,ignore-case g,general-numeric-sort i,ignore-nonprinting M,month-sort h,human-numeric-sort ' +
    'n,numeric-sort R,random-sort random-source= r,reverse sort= V,version-sort c,check? C k,key= m,merge o,output= s,stable S,buffer-size= ' +
    't,field-separator= T,temporary-directory= u,unique z,zero-terminated parallel=',
  failure: 2,
  usage: 'sort [OPTION]... [FILE]...',
  async run(u) {
    const terminator = u.options.has('z') ? '\0' : '\n';
    const separator = u.options.value('t')?.replace('\\0', '\0');
    if (separator !== undefined && separator.length !== 1) throw new Failure(separator === '' ? 'empty tab' : `multi-character tab ‘${separator}’`);
    const keys = parseKeys(u);
    const all = await collectLines(
      u.process,
      u.operands,
      (name, error) => Promise.reject(new Failure(`${error.code === 'EISDIR' ? 'read failed' : 'cannot read'}: ${name}: ${error.message}`)),
      terminator,
    );
    const byKeys = (a: string, b: string) => compareKeys(keys, separator, a, b);
    const whole = (a: string, b: string) => (u.options.has('r') ? -1 : 1) * (a < b ? -1 : a > b ? 1 : 0);
    const bare = keys.length === 0;
    const compare = (a: string, b: string) => (bare ? whole(a, b) : byKeys(a, b) || (u.options.has('s') || u.options.has('u') ? 0 : whole(a, b)));
    if (u.options.has('c') || u.options.has('C')) return check(u, all, compare);
    const sorted = u.options.has('R') ? u.process.clock.random.fork('sort').shuffle(all) : all.sort(compare);
    const kept = u.options.has('u') ? sorted.filter((line, i) => i === 0 || compare(sorted[i - 1] ?? '', line) !== 0) : sorted;
    const text = kept.map((line) => line + terminator).join('');
    const output = u.options.value('o');
    if (output === undefined) return u.print(text);
    await u.tolerate(`open failed: ${output}`, async () => createOutput(u.process, output)(text));
  },
});

async function check(u: Invocation, all: readonly string[], compare: (a: string, b: string) => number): Promise<void> {
  const at = all.findIndex(
    (line, i) => i > 0 && (compare(all[i - 1] ?? '', line) > 0 || (u.options.has('u') && compare(all[i - 1] ?? '', line) === 0)),
  );
  if (at < 0) return;
  u.status = 1;
  const name = u.operands[0] ?? '-';
  if (!u.options.has('C')) await u.process.error(`sort: ${/\s/.test(name) ? shellQuote(name) : name}:${at + 1}: disorder: ${all[at]}\n`);
}
