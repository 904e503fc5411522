import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchCluster } from './cluster.ts';
import { benchFirstFrame } from './first-frame.ts';
import { benchGrading } from './grading.ts';
import type { Measure } from './measure.ts';

/** Measures what users feel, prints a table, and writes it to docs/benchmarks.md. */
const measures: Measure[] = [...(await benchFirstFrame()), ...(await benchCluster()), ...(await benchGrading())];

const table = [
  '| what | median | min | max | unit |',
  '|---|--:|--:|--:|---|',
  ...measures.map(({ what, unit, values }) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number) => (sorted[Math.round(share * (sorted.length - 1))] ?? 0).toFixed(unit === 'MB' ? 1 : 0);
    return `| ${what} | ${at(0.5)} | ${at(0)} | ${at(1)} | ${unit} |`;
  }),
].join('\n');

process.stdout.write(`${table}\n`);
writeFileSync(
  new URL('../../../docs/benchmarks.md', import.meta.url),
  `# Benchmarks

Made by \`npm run bench\` on Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}. CPU times are of the whole
process; figures of one machine compare with each other, not with another machine's.

${table}
`,
);
