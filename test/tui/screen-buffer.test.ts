import { expect, test } from 'vitest';
import { ScreenBuffer } from '../../src/tui/terminal/screen-buffer.ts';

test('colours, wide characters and the cursor', async () => {
  const screen = new ScreenBuffer(12, 3);
  await screen.write('\u001b[1;31mred\u001b[0m 한글\r\n$ ');
  expect(screen.rows({ cursor: true })).toEqual(['\u001b[0;1;31mred\u001b[0m 한글', '$ \u001b[0;7m \u001b[0m', '']);
});

test('scrolling back shows older lines and hides the cursor', async () => {
  const screen = new ScreenBuffer(10, 2);
  await screen.write('one\r\ntwo\r\nthree');
  screen.scroll(1);
  expect(screen.rows({ cursor: true })).toEqual(['one', 'two']);
});
