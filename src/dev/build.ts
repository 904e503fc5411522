import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the trainer into dist/: the command, one module per grader, and the schema data beside them. */
const root = new URL('../../', import.meta.url).pathname;
const dist = join(root, 'dist');

const graders = existsSync(join(root, 'graders'))
  ? readdirSync(join(root, 'graders'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  : [];

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'schema'), { recursive: true });

await build({
  absWorkingDir: root,
  entryPoints: [
    { in: 'src/cli.ts', out: 'kubeproctor' },
    ...graders.map((file) => ({ in: join('graders', file), out: join('graders', file.slice(0, -'.ts'.length)) })),
  ],
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  jsx: 'automatic',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  alias: { 'react-devtools-core': join(root, 'src/dev/no-devtools.ts') },
  logLevel: 'warning',
});

for (const folder of ['facts', 'generated']) {
  for (const file of readdirSync(join(root, 'src/api/schema', folder)).filter((name) => name.endsWith('.json'))) {
    cpSync(join(root, 'src/api/schema', folder, file), join(dist, 'schema', file));
  }
}
