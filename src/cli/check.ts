import { gateMistakes, gateSolutions, gateUntouched } from '../dev/lint/gates.ts';
import { lintExercise, lintStrayGraders } from '../dev/lint/lint-exercise.ts';
import { findExercise, openCatalog } from './content.ts';
import { readOptions, wholeNumber } from './options.ts';

/** Checks all content without running it; named exercises are also run through every gate. */
export async function check(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, { seed: { type: 'string' } });
  const seed = wholeNumber('seed', values.seed) ?? 1;
  const catalog = openCatalog();
  const named = positionals.map((name) => findExercise(catalog, name));
  const findings = [...lintStrayGraders(catalog)];
  for (const exam of catalog.exams()) catalog.blueprint(exam);
  for (const id of catalog.ids()) findings.push(...(await lintExercise(catalog, id)));
  for (const exercise of named) {
    for (const gate of [gateUntouched, gateSolutions, gateMistakes]) findings.push(...(await gate(exercise, seed)));
  }
  for (const finding of findings) process.stdout.write(`${finding}\n`);
  process.stdout.write(`${catalog.ids().length} exercises checked, ${findings.length} findings\n`);
  return findings.length === 0 ? 0 : 1;
}
