import { clockTime, pad, percent } from '../report/index.ts';
import { texts } from '../text/index.ts';
import { Attempts } from '../trainer/history/attempts.ts';
import { dataFolder } from '../trainer/history/data-folder.ts';
import { readSettings } from '../trainer/history/settings.ts';
import { atMost, localeOption, readOptions } from './options.ts';

/** Lists the attempts, oldest first. */
export async function history(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, { lang: { type: 'string' } });
  atMost(positionals, 0);
  const folder = dataFolder();
  const text = texts[localeOption(values.lang) ?? readSettings(folder)?.locale ?? 'en'];
  const attempts = new Attempts(folder);
  const ids = attempts.ids();
  if (ids.length === 0) process.stdout.write(`${text.report.noAttempts}\n`);
  for (const id of ids) {
    const { tasks, minutes } = attempts.attempt(id);
    const result = attempts.result(id);
    const outcome = result
      ? `${percent(result.score).padStart(8)}  ${result.passed ? text.report.pass : text.report.fail}  ${clockTime(result.usedMs)}`
      : text.report.unfinished;
    process.stdout.write(
      `${id.padEnd(48)}${pad(text.report.tasks(tasks.length), 10)}${pad(`${minutes} ${text.exam.map.columns.spent}`, 9)}${outcome}\n`,
    );
  }
  return 0;
}
