import { createHash } from 'node:crypto';
import { chomp, collectLines, openInput, readAll } from './input.ts';
import { quoteIfNeeded } from './quoting.ts';
import { defineUtility, type Invocation } from './utility.ts';

const ALGORITHMS: Readonly<Record<string, string>> = {
  md5sum: 'md5',
  sha1sum: 'sha1',
  sha224sum: 'sha224',
  sha256sum: 'sha256',
  sha384sum: 'sha384',
  sha512sum: 'sha512',
};

export const checksums = defineUtility({
  names: Object.keys(ALGORITHMS),
  options: 'b,binary c,check t,text z tag ignore-missing q,quiet s,status strict w,warn',
  async run(u) {
    for (const name of u.operands.length > 0 ? u.operands : ['-']) {
      if (u.options.has('c')) await verify(u, name);
      else await u.tolerate(quoteIfNeeded(name), async () => u.print(`${await digest(u, name)} ${u.options.has('b') ? '*' : ' '}${name}\n`));
    }
  },
});

async function digest(u: Invocation, name: string): Promise<string> {
  const bytes = await readAll(openInput(u.process, name));
  return createHash(ALGORITHMS[u.name] ?? 'md5')
    .update(bytes)
    .digest('hex');
}

async function verify(u: Invocation, list: string): Promise<void> {
  let failed = 0;
  let missing = 0;
  for (const line of await collectLines(u.process, [list], (name, error) => u.complain(`${name}: ${error.message}`))) {
    const match = /^([\da-f]+) [ *](.+)$/.exec(chomp(line));
    if (!match) continue;
    const [, wanted, name = ''] = match;
    const readable = await u.tolerate(name, async () => {
      const good = (await digest(u, name)) === wanted;
      if (!good) failed++;
      if (!u.options.has('s') && !(good && u.options.has('q'))) await u.print(`${name}: ${good ? 'OK' : 'FAILED'}\n`);
    });
    if (!readable) {
      missing++;
      await u.print(`${name}: FAILED open or read\n`);
    }
  }
  if (missing > 0) await u.complain(`WARNING: ${missing} listed file${missing > 1 ? 's' : ''} could not be read`);
  if (failed > 0) await u.complain(`WARNING: ${failed} computed checksum${failed > 1 ? 's' : ''} did NOT match`);
}
