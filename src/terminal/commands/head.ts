import { chunks, lineBatches, openInput, readAll } from './input.ts';
import { quote, shellQuote } from './quoting.ts';
import { parseSize } from './size.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const head = defineUtility({
  names: ['head'],
  options: 'c,bytes= n,lines= q,quiet,silent v,verbose z,zero-terminated',
  usage: 'head [OPTION]... [FILE]...',
  rewrite: (args) => args.flatMap((word, i) => (/^-\d+[qv]*$/.test(word) && !/^-[nc]$/.test(args[i - 1] ?? '') ? ['-n', word.slice(1)] : [word])),
  async run(u) {
    const kind = u.options.last('c', 'n') ?? 'n';
    const text = u.options.value(kind) ?? '10';
    const allBut = text.startsWith('-');
    const count = parseSize(text.replace(/^[-+]/, ''));
    if (count === undefined) throw new Failure(`invalid number of ${kind === 'c' ? 'bytes' : 'lines'}: ${quote(text)}`);
    const names = u.operands.length > 0 ? u.operands : ['-'];
    const titled = u.options.has('v') || (names.length > 1 && !u.options.has('q'));
    let first = true;
    for (const name of names) {
      await u.tolerate(`cannot open ${shellQuote(name)} for reading`, async () => {
        const source = openInput(u.process, name);
        if (titled) await u.print(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
        first = false;
        if (kind === 'c') await headBytes(u, source, count, allBut);
        else await headLines(u, source, count, allBut);
      });
    }
  },
});

type Input = ReturnType<typeof openInput>;

async function headBytes(u: Invocation, source: Input, count: number, allBut: boolean): Promise<void> {
  if (allBut) {
    const all = await readAll(source);
    return u.process.stdout.write(all.subarray(0, Math.max(0, all.length - count)));
  }
  let left = count;
  if (left > 0) {
    for await (const chunk of chunks(source)) {
      await u.process.stdout.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) break;
    }
  }
}

async function headLines(u: Invocation, source: Input, count: number, allBut: boolean): Promise<void> {
  const terminator = u.options.has('z') ? '\0' : '\n';
  let left = count;
  const held: string[] = [];
  if (left > 0 || allBut) {
    for await (const batch of lineBatches(source, terminator)) {
      if (allBut) {
        held.push(...batch);
        await u.print(held.splice(0, Math.max(0, held.length - count)).join(''));
        continue;
      }
      await u.print(batch.slice(0, left).join(''));
      left -= batch.length;
      if (left <= 0) break;
    }
  }
}
