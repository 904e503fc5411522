import { useSyncExternalStore } from 'react';
import type { Application } from './application.ts';
import { DrillsScreen } from './screens/drills-screen.tsx';
import { FirstRunScreen } from './screens/first-run-screen.tsx';
import { HistoryScreen } from './screens/history-screen.tsx';
import { HomeScreen } from './screens/home-screen.tsx';
import { ResultScreen } from './screens/result-screen.tsx';
import { SettingsScreen } from './screens/settings-screen.tsx';

/** The page that is open. */
export function App({ app }: { app: Application }) {
  useSyncExternalStore(app.subscribe, app.version);
  switch (app.page) {
    case 'first-run':
      return <FirstRunScreen app={app} />;
    case 'home':
      return <HomeScreen app={app} />;
    case 'drills':
      return <DrillsScreen app={app} />;
    case 'history':
      return <HistoryScreen app={app} />;
    case 'settings':
      return <SettingsScreen app={app} />;
    case 'exam':
      return app.exam && app.ExamScreen ? <app.ExamScreen exam={app.exam} words={app.words} /> : null;
    case 'result':
      return app.result ? <ResultScreen app={app} result={app.result} /> : null;
  }
}
