import { execaSync } from 'execa';
import { dataFolder } from '../trainer/history/data-folder.ts';
import { Application } from '../tui/application.ts';
import { startTui } from '../tui/start.tsx';
import { openCatalog } from './content.ts';
import { CliError } from './errors.ts';

/** Opens the screens after `prepare` has decided what they show first. */
export async function openApplication(prepare: (app: Application) => Promise<void>): Promise<number> {
  const app = new Application(openCatalog(), dataFolder());
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new CliError('this needs a terminal to draw on; for scripts there are `shell` and `grade`');
  if (app.settings.editor === 'own' && !hasOwnEditor()) app.settings = { ...app.settings, editor: 'built-in' };
  await prepare(app);
  await startTui(app);
  return 0;
}

/** Where the computer has no editor of the user's choice, the built-in one serves. */
function hasOwnEditor(): boolean {
  const [command = 'vi'] = (process.env.VISUAL ?? process.env.EDITOR ?? 'vi').split(/\s+/);
  return execaSync('sh', ['-c', 'command -v "$0"', command], { reject: false }).exitCode === 0;
}
