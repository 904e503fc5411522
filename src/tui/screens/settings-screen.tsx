import { texts } from '../../text/index.ts';
import type { Application } from '../application.ts';
import { Menu } from '../components/menu.tsx';

const LOCALES = ['en', 'ko'] as const;
const EDITORS = ['own', 'built-in'] as const;
const LAYOUTS = ['split', 'terminal', 'task'] as const;

/** Language, editor, layout. */
export function SettingsScreen({ app }: { app: Application }) {
  const { words, settings } = app;
  const cycle = <T,>(values: readonly T[], current: T, by: 1 | -1) => values[(values.indexOf(current) + by + values.length) % values.length] as T;
  const items = [
    {
      label: `${words.settings.language}: ${texts[settings.locale].name}`,
      onChange: (by: 1 | -1) => app.change({ locale: cycle(LOCALES, settings.locale, by) }),
    },
    {
      label: `${words.settings.editor}: ${settings.editor === 'own' ? words.settings.own : words.settings.builtIn}`,
      onChange: (by: 1 | -1) => app.change({ editor: cycle(EDITORS, settings.editor, by) }),
    },
    {
      label: `${words.settings.layout}: ${words.settings[settings.layout]}`,
      onChange: (by: 1 | -1) => app.change({ layout: cycle(LAYOUTS, settings.layout, by) }),
    },
  ];
  return <Menu title={words.home.settings} items={items} keys={words.settings.keys} onBack={() => app.go('home')} />;
}
