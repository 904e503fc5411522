import { lineAt, moveTo, type Vi } from './state.ts';
import { firstNonBlank } from './text.ts';

/** Commands that move the window. */
export function scroll(vi: Vi, key: string, count: number | undefined): void {
  const page = Math.max(1, vi.height - 2);
  const half = count ?? Math.max(1, Math.floor(vi.height / 2));
  const last = vi.lines.length - 1;
  const shift = (lines: number, cursor: number) => {
    vi.top = Math.max(0, Math.min(last, vi.top + lines));
    const row = Math.max(0, Math.min(last, vi.row + cursor));
    moveTo(vi, { row, col: firstNonBlank(lineAt(vi, row)) });
    vi.wanted = vi.col;
  };
  switch (key) {
    case '<C-f>':
    case '<PageDown>':
      shift(page, page);
      return;
    case '<C-b>':
    case '<PageUp>':
      shift(-page, -page);
      return;
    case '<C-d>':
      shift(half, half);
      return;
    case '<C-u>':
      shift(-half, -half);
      return;
    case '<C-e>':
    case '<C-y>': {
      const step = (key === '<C-e>' ? 1 : -1) * (count ?? 1);
      vi.top = Math.max(0, Math.min(last, vi.top + step));
      moveTo(vi, { row: Math.max(vi.top, Math.min(vi.row, vi.top + vi.height - 1)), col: vi.col });
      return;
    }
    case 'zt':
    case 'z<CR>':
      vi.top = vi.row;
      return;
    case 'zz':
    case 'z.':
      vi.top = Math.max(0, vi.row - Math.floor(vi.height / 2));
      return;
    case 'zb':
    case 'z-':
      vi.top = Math.max(0, vi.row - vi.height + 1);
      return;
  }
}
