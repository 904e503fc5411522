import { clockTime } from '../../report/index.ts';
import type { Application } from '../application.ts';
import { Menu, type MenuItem } from '../components/menu.tsx';

/** The calm page: go on with what is open, sit an exam, drill, look back. */
export function HomeScreen({ app }: { app: Application }) {
  const { words, catalog } = app;
  const open = app.attempts.open();
  const resume: MenuItem[] = open
    ? [
        {
          label: words.home.resume(words.report.title(open.exam.toUpperCase()), clockTime(app.remainingOf(open))),
          onChoose: () => void app.resume(open),
        },
      ]
    : [];
  const exams = catalog.exams().flatMap((exam): MenuItem[] => {
    const { title, minutes, tasks } = catalog.blueprint(exam);
    const count = Math.min(tasks, catalog.forExam(exam).length);
    const share = (n: number) => Math.max(10, Math.round((minutes * n) / tasks));
    const short = Math.min(count, 4);
    return [
      { label: words.home.exam(title, share(count), count), onChoose: () => void app.startExam(exam) },
      { label: words.home.shortExam(title, share(short), short), onChoose: () => void app.startExam(exam, short) },
    ];
  });
  const items: MenuItem[] = [
    ...resume,
    ...exams,
    { label: words.home.drills, onChoose: () => app.go('drills') },
    { label: words.home.history, onChoose: () => app.go('history') },
    { label: words.home.settings, onChoose: () => app.go('settings') },
    { label: words.home.quit, onChoose: () => app.quit() },
  ];
  return (
    <Menu
      title={`kubeproctor · ${words.app.tagline}`}
      notes={[words.app.independent]}
      items={items}
      keys={words.home.keys}
      onBack={() => app.quit()}
    />
  );
}
