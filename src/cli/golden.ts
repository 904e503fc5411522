import { existsSync } from 'node:fs';
import { readCases } from '../dev/golden/case-file.ts';
import { embeddedClient } from '../dev/golden/embedded-client.ts';
import { type Difference, type GoldenClient, replayCase, type StepResult } from '../dev/golden/replay.ts';
import { servedClient } from '../dev/golden/served-client.ts';
import { CliError } from './errors.ts';
import { readOptions } from './options.ts';

/** Replays recorded transcripts and prints every step that differs; exit code 1 if any does. */
export async function golden(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, { client: { type: 'string' }, json: { type: 'boolean' } });
  if (positionals.length === 0) throw new CliError('say where the transcripts are: `kubeproctor golden DIR…`');
  const cases = positionals.flatMap(readCases);
  if (cases.length === 0) throw new CliError(`no transcripts (*.yaml) below ${positionals.join(', ')}`);
  const open = clientFor(values.client ?? 'embedded');
  const results: StepResult[] = [];
  for (const transcript of cases) {
    const steps = await replayCase(transcript, open);
    results.push(...steps);
    if (!values.json) for (const step of steps) printDifferences(step);
  }
  const matching = results.filter(({ differences }) => differences.length === 0).length;
  if (values.json)
    process.stdout.write(
      `${JSON.stringify(
        results.filter(({ differences }) => differences.length > 0),
        null,
        2,
      )}\n`,
    );
  process.stdout.write(`${matching} of ${results.length} steps match\n`);
  return matching === results.length ? 0 : 1;
}

function clientFor(client: string): () => Promise<GoldenClient> {
  if (client === 'embedded') return embeddedClient;
  if (!existsSync(client)) throw new CliError(`--client takes "embedded" or the path of a kubectl; there is no file ${client}`);
  return () => servedClient(client);
}

function printDifferences({ file, index, run, differences }: StepResult): void {
  if (differences.length === 0) return;
  process.stdout.write(`--- ${file} step ${index + 1}: ${run.trim()}\n`);
  for (const difference of differences) process.stdout.write(word(difference));
}

function word({ stream, want, got }: Difference): string {
  if (stream === 'exit') return `  exit: expected ${want}, got ${got}\n`;
  const [expected, actual] = [want.split('\n'), got.split('\n')];
  const first = expected.findIndex((line, i) => line !== actual[i]);
  const at = first < 0 ? expected.length : first;
  const show = (lines: string[], sign: string) =>
    lines
      .slice(at, at + 3)
      .map((line) => `    ${sign} ${line}\n`)
      .join('');
  return `  ${stream} from line ${at + 1}:\n${show(expected, '-')}${show(actual, '+')}`;
}
