import { bar, pad } from '../../report/index.ts';
import type { Application } from '../application.ts';
import { Menu, type MenuItem } from '../components/menu.tsx';

/** The exercises by exam and domain, each with how it went last. */
export function DrillsScreen({ app }: { app: Application }) {
  const { words, catalog, locale } = app;
  const last = app.lastShares();
  const exam = app.settings.exam ?? 'cka';
  const items = catalog.blueprint(exam).domains.flatMap(({ id, title }): MenuItem[] => {
    const own = catalog.forExam(exam).filter((exercise) => exercise.exams[exam] === id);
    const ready = own.reduce((sum, exercise) => sum + (last.get(exercise.id) ?? 0), 0) / Math.max(1, own.length);
    const heading: MenuItem = { label: `${pad(title[locale], 50)} ${bar(ready, 10)}`, aside: words.home.exercises(own.length) };
    return [
      heading,
      ...own.map((exercise): MenuItem => {
        const share = last.get(exercise.id);
        return {
          label: `   ${exercise.title[locale]}`,
          aside: `${exercise.minutes} ${words.exam.map.columns.spent}${share === undefined ? '' : `  ${Math.round(share * 100)} %`}`,
          onChoose: () => void app.startDrill(exercise.id),
        };
      }),
    ];
  });
  return <Menu title={`${words.drill.title} · ${exam.toUpperCase()}`} items={items} keys={words.drill.keys} onBack={() => app.go('home')} />;
}
