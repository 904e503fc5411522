import { reportFormats } from '../report/index.ts';
import { taskLines } from '../report/text.ts';
import { texts } from '../text/index.ts';
import { tryScript } from '../trainer/exam/try-script.ts';
import { findExercise, openCatalog } from './content.ts';
import { CliError } from './errors.ts';
import { atMost, localeOption, oneOf, readOptions, wholeNumber } from './options.ts';
import { readScript } from './shell.ts';

/** Prepares an exercise, runs a script on it, and says what each check finds. Exit code 0 when all passed, 1 when not. */
export async function grade(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, {
    script: { type: 'string' },
    seed: { type: 'string' },
    format: { type: 'string' },
    lang: { type: 'string' },
  });
  atMost(positionals, 1);
  const [name] = positionals;
  if (name === undefined) throw new CliError('say which exercise: `kubeproctor grade EXERCISE --script FILE`');
  if (values.script === undefined) throw new CliError('say which script: `kubeproctor grade EXERCISE --script FILE`');
  const format =
    oneOf(
      'format',
      values.format,
      reportFormats.filter((f) => f === 'text' || f === 'json'),
    ) ?? 'text';
  const locale = localeOption(values.lang) ?? 'en';
  const exercise = findExercise(openCatalog(), name);
  const { task, script } = await tryScript(exercise, readScript(values.script), wholeNumber('seed', values.seed) ?? 1);
  process.stderr.write(script.stderr);
  process.stdout.write(format === 'json' ? `${JSON.stringify(task, null, 2)}\n` : `${taskLines(task, texts[locale], locale).join('\n')}\n`);
  return task.share === 1 ? 0 : 1;
}
