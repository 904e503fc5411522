import { openCatalog } from './content.ts';
import { CliError } from './errors.ts';
import { atMost, oneOf, readOptions } from './options.ts';

/** Lists the exercises. */
export async function exercises(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, { json: { type: 'boolean' }, exam: { type: 'string' }, domain: { type: 'string' } });
  atMost(positionals, 0);
  const exam = oneOf('exam', values.exam, ['cka', 'ckad'] as const);
  const catalog = openCatalog();
  const all = catalog.all().filter((e) => (!exam || e.exams[exam]) && (!values.domain || Object.values(e.exams).includes(values.domain)));
  if (values.domain && all.length === 0) throw new CliError(`no exercise of domain "${values.domain}"; domains are ${domains(catalog).join(', ')}`);
  if (values.json) {
    const rows = all.map(({ id, title, exams, archetypes, difficulty, minutes }) => ({ id, title, exams, archetypes, difficulty, minutes }));
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  for (const { id, title, exams, minutes } of all) {
    process.stdout.write(`${id.padEnd(44)}${Object.keys(exams).join(',').padEnd(10)}${`${minutes} min`.padEnd(8)}${title.en}\n`);
  }
  return 0;
}

const domains = (catalog: ReturnType<typeof openCatalog>) => catalog.exams().flatMap((exam) => catalog.blueprint(exam).domains.map(({ id }) => id));
