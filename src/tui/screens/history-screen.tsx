import { clockTime, percent } from '../../report/index.ts';
import type { Application } from '../application.ts';
import { Menu, type MenuItem } from '../components/menu.tsx';

/** Every attempt, newest first. */
export function HistoryScreen({ app }: { app: Application }) {
  const { words, attempts } = app;
  const items = attempts
    .ids()
    .reverse()
    .map((id): MenuItem => {
      const result = attempts.result(id);
      if (!result) return { label: id, aside: words.report.unfinished };
      const verdict = `${percent(result.score)} ${result.passed ? words.report.pass : words.report.fail}  ${clockTime(result.usedMs)}`;
      return { label: id, aside: verdict, onChoose: () => app.showResult(result) };
    });
  const notes = items.length === 0 ? [words.report.noAttempts] : [];
  return <Menu title={words.history.title} notes={notes} items={items} keys={words.history.keys} onBack={() => app.go('home')} />;
}
