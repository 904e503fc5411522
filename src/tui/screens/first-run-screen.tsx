import type { Application } from '../application.ts';
import { Menu } from '../components/menu.tsx';

/** The first time: what this is, and one question. */
export function FirstRunScreen({ app }: { app: Application }) {
  const { words } = app;
  const choose = (exam: 'cka' | 'ckad') => ({
    label: exam.toUpperCase(),
    onChoose: () => {
      app.change({ exam });
      app.go('home');
    },
  });
  const other = app.locale === 'en' ? ('ko' as const) : ('en' as const);
  return (
    <Menu
      title="kubeproctor"
      notes={[words.firstRun.welcome, words.firstRun.howItWorks, '', words.firstRun.which]}
      items={[choose('cka'), choose('ckad'), { label: other === 'ko' ? '한국어' : 'English', onChoose: () => app.change({ locale: other }) }]}
      keys={words.home.keys}
      onBack={() => app.quit()}
    />
  );
}
