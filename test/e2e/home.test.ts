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

describe.runIf(canDrive)('an exam', () => {
  test('says when the terminal is too small, can be left, and is offered again', async () => {
    const screen = open('exam cka --seed 3 --tasks 1', 90, 28);
    await screen.until(/candidate@base:~\$ *$/m);
    screen.resize(50, 10);
    await screen.until(/This terminal is 50x10/);
    screen.resize(90, 28);
    await screen.until(/Task 1 of 1/);
    screen.press('C-\\');
    screen.type('q');
    await screen.until(/Which exam are you preparing for\?|Resume CKA mock exam/);
    screen.press('q');
    await screen.until(/exit 0/);
  });
});
