import { FileError } from '../../../machine/index.ts';
import { runFullScreen } from '../../editors/full-screen.ts';
import { chunks, openInput, readText } from '../input.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { createPager, drawPager, pressPager } from './pager.ts';

export const less = defineUtility({
  names: ['less', 'more', 'pager'],
  options:
    'N,LINE-NUMBERS S,chop-long-lines R,RAW-CONTROL-CHARS r,raw-control-chars F,quit-if-one-screen X,no-init i,ignore-case I,IGNORE-CASE ' +
    'e,quit-at-eof E,QUIT-AT-EOF M,LONG-PROMPT m,long-prompt s,squeeze-blank-lines n,line-numbers p,pattern= f,force d c u l',
  package: '590 (GNU regular expressions)',
  usage: 'less [options] [file]...',
  rewrite: (args) => args.filter((word) => !word.startsWith('+')),
  async run(u) {
    const names = u.operands.length > 0 ? u.operands : ['-'];
    if (u.operands.length === 0 && u.process.stdin.tty) throw new Failure('Missing filename ("less --help" for help)');
    if (!u.process.stdout.tty || !u.process.tty) return passThrough(u, names);
    const text = await readInputs(u, names);
    if (text === undefined) return;
    await page(u, text);
  },
});

/** Without a terminal the text just goes through. */
async function passThrough(u: Invocation, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await tolerating(u, name, async () => {
      for await (const chunk of chunks(openInput(u.process, name))) await u.process.stdout.write(chunk);
    });
  }
}

async function tolerating(u: Invocation, name: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    u.status = 1;
    await u.process.error(error.code === 'EISDIR' ? `${name} is a directory\n` : `${name}: ${error.message}\n`);
  }
}

async function readInputs(u: Invocation, names: readonly string[]): Promise<string | undefined> {
  const texts: string[] = [];
  for (const name of names) await tolerating(u, name, async () => void texts.push(await readText(openInput(u.process, name))));
  return texts.length > 0 ? texts.join('') : undefined;
}

async function page(u: Invocation, text: string): Promise<void> {
  const { options } = u;
  const pager = createPager(text, {
    names: u.operands,
    numbers: options.has('N'),
    chop: options.has('S'),
    ignoreCase: options.has('i') || options.has('I'),
  });
  const jump = u.process.argv.find((word) => word.startsWith('+'))?.slice(1);
  const { rows } = u.process.stdout.tty?.size ?? { rows: 24 };
  if ((options.has('F') || u.name === 'more') && pager.lines.length < rows) return u.print(text);
  for (const key of jump === undefined ? [] : jump.startsWith('/') ? [...jump, '<CR>'] : [...jump]) pressPager(pager, key);
  for (const key of options.has('p') ? ['/', ...(options.value('p') ?? ''), '<CR>'] : []) pressPager(pager, key);
  pager.fresh = true;
  await runFullScreen(u.process, {
    press: (key) => pressPager(pager, key),
    draw: (size) => drawPager(pager, size.columns, size.rows),
    get finished() {
      return pager.finished;
    },
  });
}
