import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measure, repeat } from './measure.ts';

const program = new URL('../../../dist/kubeproctor.js', import.meta.url).pathname;

/** From the start of the program to the first page on the screen, by the wall, on a terminal made by script(1). */
export async function benchFirstFrame(): Promise<Measure[]> {
  const data = mkdtempSync(join(tmpdir(), 'kubeproctor-bench-'));
  try {
    return [
      { what: 'first frame of the home screen', unit: 'ms', values: await repeat(5, () => until('', data, /kubeproctor/)) },
      { what: '`--version`', unit: 'ms', values: await repeat(5, () => until('--version', data, /kubeproctor/)) },
    ];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

function until(args: string, data: string, seen: RegExp): Promise<number> {
  const start = performance.now();
  const child = spawn('script', ['-qec', `stty cols 100 rows 30; exec ${process.execPath} ${program} ${args}`, '/dev/null'], {
    env: { ...process.env, KUBEPROCTOR_DATA: data, TERM: 'xterm-256color' },
  });
  return new Promise((resolve, reject) => {
    let text = '';
    child.on('error', reject);
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (!seen.test(text)) return;
      resolve(performance.now() - start);
      child.kill('SIGTERM');
    });
  });
}
