import { createBuffer } from '../../machine/index.ts';
import { runFullScreen } from '../editors/full-screen.ts';
import { PAGES } from './man-pages.ts';
import { createPager, drawPager, pressPager } from './screens/pager.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

/** Short pages of our own: what the command is for, and what it says of itself. */
export const man = defineUtility({
  names: ['man', 'apropos', 'whatis'],
  options: 'k,apropos f,whatis P= a w',
  hint: () => "For example, try 'man man'.\n",
  async run(u) {
    const names = u.operands.filter((word) => !/^[1-8]$/.test(word));
    const [name] = names;
    if (name === undefined) throw new Failure('', { status: 1, usage: true });
    if (u.options.has('k') || u.name === 'apropos') return search(u, name);
    const known = PAGES[name];
    if (known === undefined) {
      u.status = 16;
      await u.process.error(u.name === 'whatis' ? `${name}: nothing appropriate.\n` : `No manual entry for ${name}\n`);
      return;
    }
    if (u.options.has('f') || u.name === 'whatis') return u.print(`${`${name} (1)`.padEnd(20)} - ${known}\n`);
    await show(u, await page(u, name, known));
  },
});

async function search(u: Invocation, word: string): Promise<void> {
  const found = Object.entries(PAGES).filter(([name, text]) => name.includes(word) || text.toLowerCase().includes(word.toLowerCase()));
  if (found.length === 0) {
    u.status = 16;
    return u.process.error(`${word}: nothing appropriate.\n`);
  }
  await u.print(found.map(([name, text]) => `${`${name} (1)`.padEnd(20)} - ${text}\n`).join(''));
}

async function page(u: Invocation, name: string, about: string): Promise<string> {
  const help = createBuffer();
  if (!['vi', 'vim', 'nano', 'top', 'man'].includes(name))
    await u.process.spawn({ argv: [name, '--help'], stdout: help, stderr: createBuffer() }).exited;
  const synopsis =
    help
      .text()
      .replace(/^Usage: /, '')
      .trimEnd() || `${name} [options] [arguments]`;
  const indented = synopsis.replace(/^(?=.)/gm, '       ');
  const title = `${name.toUpperCase()}(1)`;
  return `${title.padEnd(28)}User Commands${title.padStart(28)}\n\nNAME\n       ${name} - ${about}\n\nSYNOPSIS\n${indented}\n\nSEE ALSO\n       ${name} --help\n`;
}

/** A pager where there is a terminal. */
async function show(u: Invocation, text: string): Promise<void> {
  if (!u.process.stdout.tty || !u.process.stdin.tty) return u.print(text);
  const pager = createPager(text, { names: [' Manual page'] });
  await runFullScreen(u.process, {
    press: (key) => pressPager(pager, key),
    draw: ({ columns, rows }) => drawPager(pager, columns, rows),
    get finished() {
      return pager.finished;
    },
  });
}
