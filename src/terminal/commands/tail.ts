import { FileError } from '../../machine/index.ts';
import { concatenate, lineBatches, openInput, readAll } from './input.ts';
import { quote, shellQuote } from './quoting.ts';
import { parseSize } from './size.ts';
import { followFiles } from './tail-follow.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const tail = defineUtility({
  names: ['tail'],
  options: 'c,bytes= n,lines= f,follow? F q,quiet,silent v,verbose z,zero-terminated retry s,sleep-interval= pid=',
  usage: 'tail [OPTION]... [FILE]...',
  rewrite: (args) =>
    args.flatMap((word, i) => {
      const historic = /^([-+])(\d+)(f?)$/.exec(word);
      if (!historic || /^-[nc]$/.test(args[i - 1] ?? '') || (historic[1] === '+' && i > 0)) return [word];
      return ['-n', (historic[1] === '+' ? '+' : '') + historic[2], ...(historic[3] ? ['-f'] : [])];
    }),
  async run(u) {
    const kind = u.options.last('c', 'n') ?? 'n';
    const text = u.options.value(kind) ?? '10';
    const count = parseSize(text.replace(/^[-+]/, ''));
    if (count === undefined) throw new Failure(`invalid number of ${kind === 'c' ? 'bytes' : 'lines'}: ${quote(text)}`);
    const names = u.operands.length > 0 ? u.operands : ['-'];
    const title = createTitles(u, names.length);
    const part = { bytes: kind === 'c', count, fromStart: text.startsWith('+') };
    const follow = u.options.has('f') || u.options.has('F');
    for (const name of names) {
      await u.tolerate(`cannot open ${shellQuote(name)} for reading`, async () => {
        const source = openInput(u.process, name);
        await title(name);
        await tailOf(u, source, part);
      });
    }
    if (follow)
      await followFiles(
        u,
        names.filter((name) => name !== '-' && (u.options.has('F') || isReadable(u, name))),
        title,
      );
  },
});

function isReadable(u: Invocation, name: string): boolean {
  try {
    u.files.stat(u.process.path(name));
    return true;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

function createTitles(u: Invocation, count: number): (name: string) => Promise<void> {
  const titled = u.options.has('v') || (count > 1 && !u.options.has('q'));
  let current: string | undefined;
  return async (name) => {
    if (!titled || current === name) return;
    await u.print(`${current === undefined ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
    current = name;
  };
}

interface Part {
  readonly bytes: boolean;
  readonly count: number;
  readonly fromStart: boolean;
}

async function tailOf(u: Invocation, source: ReturnType<typeof openInput>, { bytes, count, fromStart }: Part): Promise<void> {
  if (bytes) {
    const all = await readAll(source);
    const rest = fromStart ? all.subarray(Math.max(0, count - 1)) : count === 0 ? new Uint8Array() : all.subarray(-count);
    return rest.length > 0 ? u.process.stdout.write(concatenate([rest])) : undefined;
  }
  let skip = fromStart ? Math.max(0, count - 1) : 0;
  let held: string[] = [];
  for await (const batch of lineBatches(source, u.options.has('z') ? '\0' : '\n')) {
    if (fromStart) {
      await u.print(batch.slice(skip).join(''));
      skip = Math.max(0, skip - batch.length);
    } else held = count === 0 ? [] : [...held, ...batch].slice(-count);
  }
  await u.print(held.join(''));
}
