import { afterEach, describe, expect, test } from 'vitest';
import { canDrive, Screen } from './tmux.ts';

const screens: Screen[] = [];
const open = (args: string, columns: number, rows: number) => {
  const screen = new Screen();
  screens.push(screen);
  screen.start(args, { columns, rows });
  return screen;
};
afterEach(() => {
  for (const screen of screens.splice(0)) screen.forget();
});

describe.runIf(canDrive)('the home screen', () => {
  test.each([
    [80, 24],
    [120, 40],
    [200, 60],
  ])('first run, home, settings and out again at %ix%i', async (columns, rows) => {
    const screen = open('', columns, rows);
    await screen.until(/Which exam are you preparing for\?/);
    screen.press('Enter');
    await screen.until(/CKA mock exam/);
    screen.press('Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Enter');
    await screen.until(/Language: English/);
    screen.press('Right');
    await screen.until(/언어: 한국어/);
    screen.press('Escape');
    expect(await screen.until(/CKA 모의시험/)).toContain('설정');
    screen.press('q');
    await screen.until(/exit 0/);
  });

  test('without a terminal there is help and exit code 2', async () => {
    const screen = open('< /dev/null', 100, 40);
    expect(await screen.until(/exit \d/)).toMatch(/the home screen needs a terminal\nexit 2/);
  });
});
