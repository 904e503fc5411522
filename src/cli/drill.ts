import { beginDrill, freshSeed } from '../trainer/exam/begin.ts';
import { openCatalog } from './content.ts';
import { CliError } from './errors.ts';
import { exercises } from './exercises.ts';
import { atMost, localeOption, readOptions, wholeNumber } from './options.ts';
import { openApplication } from './screen.ts';

/** Practises one exercise, or one of a topic: with hints, checks and a solution at hand. */
export async function drill(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, { list: { type: 'boolean' }, seed: { type: 'string' }, lang: { type: 'string' } });
  atMost(positionals, 1);
  const [topic] = positionals;
  if (values.list) return exercises(topic === undefined ? [] : ['--domain', topic]);
  const locale = localeOption(values.lang);
  const seed = wholeNumber('seed', values.seed) ?? freshSeed();
  const exercise = topic === undefined ? undefined : pick(topic, seed);
  return openApplication(async (app) => {
    if (locale) app.settings = { ...app.settings, locale };
    if (exercise === undefined) {
      app.page = 'drills';
      return;
    }
    const options = { seed, profile: 'practice' as const, locale: app.locale, editor: app.settings.editor, now: new Date() };
    await app.enter(beginDrill(app.catalog, exercise, options));
  });
}

/** An exercise by its name, or one of a domain or archetype. */
function pick(topic: string, seed: number): string {
  const catalog = openCatalog();
  const named = catalog.find(topic);
  if (named) return named.id;
  const fitting = catalog.all().filter(({ exams, archetypes }) => Object.values(exams).includes(topic) || archetypes.includes(topic.toUpperCase()));
  const chosen = fitting[seed % Math.max(1, fitting.length)];
  if (!chosen) throw new CliError(`unknown topic or exercise "${topic}"; \`kubeproctor drill --list\` shows what there is`);
  return chosen.id;
}
