import { createBuffer, type Process } from '../../machine/index.ts';

/** Runs a command to its end and returns what it printed. */
export async function captureOutput(process: Process, argv: readonly string[]): Promise<string> {
  const buffer = createBuffer();
  await process.spawn({ argv, stdout: buffer }).exited;
  return buffer.text();
}
