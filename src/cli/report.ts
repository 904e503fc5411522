import { writeFileSync } from 'node:fs';
import { reportFormats, report as word } from '../report/index.ts';
import { texts } from '../text/index.ts';
import { Attempts } from '../trainer/history/attempts.ts';
import { dataFolder } from '../trainer/history/data-folder.ts';
import { readSettings } from '../trainer/history/settings.ts';
import { CliError } from './errors.ts';
import { atMost, localeOption, oneOf, readOptions } from './options.ts';

/** Prints or writes the report of an attempt: the named one, else the newest finished one. */
export async function report(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, { format: { type: 'string' }, out: { type: 'string' }, lang: { type: 'string' } });
  atMost(positionals, 1);
  const format = oneOf('format', values.format, reportFormats) ?? 'text';
  const folder = dataFolder();
  const locale = localeOption(values.lang) ?? readSettings(folder)?.locale ?? 'en';
  const output = word(findResult(new Attempts(folder), positionals[0]), format, texts[locale], locale);
  if (values.out === undefined) process.stdout.write(output);
  else writeReport(values.out, output);
  return 0;
}

function findResult(attempts: Attempts, id: string | undefined) {
  const ids = attempts.ids();
  if (id !== undefined && !ids.includes(id)) throw new CliError(`unknown attempt "${id}"; \`kubeproctor history\` lists them`);
  const chosen = id ?? ids.findLast((candidate) => attempts.result(candidate));
  const result = chosen === undefined ? undefined : attempts.result(chosen);
  if (result) return result;
  throw new CliError(
    id === undefined
      ? 'there is no finished attempt to report on yet'
      : `attempt "${id}" is not finished; \`kubeproctor exam --resume\` goes on with it`,
  );
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CliError(`--out ${file} cannot be written: ${error instanceof Error && 'code' in error ? String(error.code) : 'it failed'}`, 1);
  }
}
