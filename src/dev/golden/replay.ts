import type { GoldenCase, GoldenStep } from './case-file.ts';
import { keptBy, normalize } from './normalize.ts';

export interface StepOutput {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Somebody who can type a transcript's commands at a fresh cluster. */
export interface GoldenClient {
  /** The working directory, which is also $HOME. */
  readonly directory: string;
  /** host:port of the API server. */
  readonly server: string;
  writeFile(name: string, text: string): void;
  /** Lets seconds of cluster time pass. */
  pass(seconds: number): Promise<void>;
  run(command: string): Promise<StepOutput>;
  close(): Promise<void>;
}

export interface Difference {
  readonly stream: 'exit' | 'stdout' | 'stderr';
  readonly want: string;
  readonly got: string;
}

export interface StepResult {
  readonly file: string;
  readonly index: number;
  readonly run: string;
  readonly differences: readonly Difference[];
}

/** Replays one transcript and compares every step that asks for it. */
export async function replayCase(golden: GoldenCase, open: () => Promise<GoldenClient>): Promise<StepResult[]> {
  const client = await open();
  try {
    for (const [name, text] of Object.entries(golden.files)) client.writeFile(name, text);
    for (const step of golden.setup) {
      const { run, settle = 0 } = typeof step === 'string' ? { run: step } : step;
      await client.pass(settle);
      await client.run(run);
    }
    const results: StepResult[] = [];
    for (const [index, step] of golden.steps.entries()) {
      if (step.settle) await client.pass(step.settle);
      const output = await client.run(step.run);
      if (step.compare) results.push({ file: golden.file, index, run: step.run, differences: compare(golden, step, output, client) });
    }
    return results;
  } finally {
    await client.close();
  }
}

function compare(golden: GoldenCase, step: GoldenStep, output: StepOutput, { directory, server }: GoldenClient): Difference[] {
  const kept = keptBy(golden);
  const place = (text: string) => normalize(text.replaceAll(directory, '<dir>').replaceAll(server, '<server>'), kept);
  const pairs: Difference[] = [
    { stream: 'exit', want: String(step.exit ?? 0), got: String(output.exit) },
    { stream: 'stdout', want: normalize(step.stdout, kept), got: place(output.stdout) },
    { stream: 'stderr', want: normalize(step.stderr, kept), got: place(output.stderr) },
  ];
  return pairs.filter(({ want, got }) => want !== got);
}
