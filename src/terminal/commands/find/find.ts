import { FileError, type Stat } from '../../../machine/index.ts';
import { baseName, joinPath } from '../file-name.ts';
import { defineUtility, type Invocation } from '../utility.ts';
import { type Expression, type Found, parseExpression, type Walk } from './expression.ts';

export const find = defineUtility({
  names: ['find'],
  stopAtOperand: true,
  package: '(GNU findutils) 4.9.0',
  usage: 'find [-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]',
  // Its predicates look like options: nothing is one.
  rewrite: (args) => ['--', ...args],
  async run(u) {
    const words = [...u.operands];
    let follow = false;
    while (/^-[HLP]$/.test(words[0] ?? '')) follow = words.shift() === '-L';
    const from = words.findIndex((word) => word.startsWith('-') || word === '(' || word === '!');
    const starts = from < 0 ? words : words.slice(0, from);
    const expression = parseExpression(u, from < 0 ? [] : words.slice(from));
    const walk: Walk = { invocation: u, prune: false, quit: false };
    for (const start of starts.length > 0 ? starts : ['.']) await visitStart(walk, expression, start, follow);
    for (const finish of expression.finish) await finish(walk);
  },
});

async function visitStart(walk: Walk, expression: Expression, start: string, follow: boolean): Promise<void> {
  const u = walk.invocation;
  await u.tolerate(`‘${start}’`, async () => {
    const path = u.process.path(start).replace(/(.)\/$/, '$1');
    const found: Found = { shown: start, path, name: baseName(start) || start, stat: statOf(u, path, follow), depth: 0, start };
    await visit(walk, expression, found, follow);
  });
}

function statOf(u: Invocation, path: string, follow: boolean): Stat {
  return follow && u.files.exists(path) ? u.files.stat(path) : u.files.lstat(path);
}

async function visit(walk: Walk, expression: Expression, found: Found, follow: boolean): Promise<void> {
  if (walk.quit) return;
  const wanted = found.depth >= expression.minDepth;
  walk.prune = false;
  if (wanted && !expression.depthFirst) await expression.test(found, walk);
  if (found.stat.type === 'directory' && !walk.prune && found.depth < expression.maxDepth && !walk.quit)
    await descend(walk, expression, found, follow);
  if (wanted && expression.depthFirst && !walk.quit) await expression.test(found, walk);
}

async function descend(walk: Walk, expression: Expression, found: Found, follow: boolean): Promise<void> {
  const u = walk.invocation;
  let names: string[];
  try {
    names = u.files.list(found.path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await u.complain(`‘${found.shown}’: ${error.message}`);
    return;
  }
  for (const name of names) {
    const path = joinPath(found.path, name);
    await u.tolerate(`‘${joinPath(found.shown, name)}’`, async () => {
      const child: Found = {
        shown: joinPath(found.shown, name),
        path,
        name,
        stat: statOf(u, path, follow),
        depth: found.depth + 1,
        start: found.start,
      };
      await visit(walk, expression, child, follow);
    });
  }
}
