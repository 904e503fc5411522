import { type Instance, render } from 'ink';
import { App } from './app.tsx';
import type { Application } from './application.ts';
import { editOwn } from './own-editor.ts';

const ENTER = '\u001b[?1049h\u001b[?2004h\u001b[?25l\u001b[2J\u001b[H';
const LEAVE = '\u001b[?2004l\u001b[?25h\u001b[?1049l';

/** Draws the application on the terminal's other screen until it quits. */
export async function startTui(app: Application): Promise<void> {
  const { stdout } = process;
  let instance: Instance | undefined;
  const draw = () => {
    stdout.write(ENTER);
    instance = render(<App app={app} />, { exitOnCtrlC: false, patchConsole: false });
  };
  const leave = () => {
    instance?.unmount();
    instance = undefined;
    stdout.write(LEAVE);
  };
  const restore = () => stdout.write(LEAVE);
  process.once('exit', restore);
  const quit = new Promise<void>((resolve) => {
    app.onQuit = resolve;
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => app.quit());
  });
  app.onEdit = (exam, text, name) => {
    leave();
    void editOwn(text, name).then((outcome) => {
      draw();
      return exam.live.do({ type: 'edited', ...outcome });
    });
  };
  draw();
  await quit;
  leave();
  process.off('exit', restore);
}
