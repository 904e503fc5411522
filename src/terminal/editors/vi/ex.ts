import { parseRange } from './ex-range.ts';
import { joinLines, shiftLines } from './operators.ts';
import { compilePattern } from './search.ts';
import { applySet } from './set.ts';
import { isChanged, jumpTo, lineAt, moveTo, type Vi } from './state.ts';
import { substitute } from './substitute.ts';
import { firstNonBlank, removeRange, replaceLines, store, textIn } from './text.ts';
import { redo, undo } from './undo.ts';
import { loadFile, quit, refuse, save, saveAndQuit } from './write.ts';

interface Line {
  readonly rows: readonly [number, number] | undefined;
  readonly name: string;
  readonly bang: boolean;
  readonly argument: string;
}

/** Runs what was typed after `:`. */
export function executeLine(vi: Vi, text: string): void {
  const range = parseRange(vi, text);
  if (!range) return;
  const { rows, rest } = range;
  if (rest === '' || rest.startsWith('"')) {
    if (rows) jumpTo(vi, { row: rows[1], col: firstNonBlank(lineAt(vi, rows[1])) });
    return;
  }
  const [, name = '', bang = '', argument = ''] = /^(s(?=[^\w\s"|])|[a-zA-Z]+|[<>=&!@#*~]|)(!?)\s*(.*)$/s.exec(rest) ?? [];
  run(vi, { rows, name, bang: bang === '!', argument }, text);
}

const is = (name: string, least: string, full: string): boolean => name.length >= least.length && full.startsWith(name) && name.startsWith(least);

function run(vi: Vi, line: Line, text: string): void {
  const { name, bang, argument } = line;
  const rows = line.rows ?? ([vi.row, vi.row] as const);
  if (fileCommand(vi, line) || lineCommand(vi, line, rows)) return;
  if (name === 's' || name === '&' || name === 'substitute') {
    substitute(vi, rows, argument);
    return;
  }
  if (is(name, 'g', 'global') || is(name, 'v', 'vglobal')) {
    everyMatch(vi, line, bang || name.startsWith('v'));
    return;
  }
  if (is(name, 'norm', 'normal')) {
    vi.queue.push(...argument, '<Esc>');
    return;
  }
  if (is(name, 'se', 'set') || is(name, 'setl', 'setlocal')) {
    applySet(vi, argument);
    return;
  }
  if (is(name, 'noh', 'nohlsearch')) {
    vi.highlight = false;
    return;
  }
  if (is(name, 'u', 'undo')) {
    undo(vi, 1);
    return;
  }
  if (is(name, 'red', 'redo')) {
    redo(vi, 1);
    return;
  }
  if (/^(sy|syntax|filet|filetype|colo|colorscheme|hi|highlight|au|autocmd|let|map|nmap|nnoremap|noremap|inoremap|imap|cmap|if|endif)$/.test(name))
    return;
  if (name === '!') refuse(vi, 'kubeproctor does not simulate shell commands from within vi');
  else if (is(name, 'h', 'help')) refuse(vi, 'kubeproctor does not simulate :help');
  else refuse(vi, `E492: Not an editor command: ${text}`);
}

/** Commands about files; true when it was one. */
function fileCommand(vi: Vi, { name, bang, argument, rows }: Line): boolean {
  const path = argument === '' ? undefined : argument.replace(/^%$/, vi.path ?? '%');
  if (is(name, 'w', 'write') || name === 'up' || name === 'update') {
    const append = argument.startsWith('>>');
    save(vi, { path: append ? argument.slice(2).trim() : path, force: bang, range: rows, append });
  } else if (name === 'wq' || name === 'wqa' || name === 'wqall') {
    if (save(vi, { path, force: bang })) quit(vi, true);
  } else if (is(name, 'x', 'xit') || is(name, 'exi', 'exit') || name === 'xa') saveAndQuit(vi);
  else if (is(name, 'q', 'quit') || name === 'qa' || name === 'qall') quit(vi, bang);
  else if (is(name, 'cq', 'cquit')) {
    vi.exitCode = 1;
    quit(vi, true);
  } else if (is(name, 'e', 'edit')) edit(vi, path, bang);
  else if (is(name, 'r', 'read')) readInto(vi, rows?.[1] ?? vi.row, path);
  else if (is(name, 'f', 'file')) vi.message = `"${vi.path ?? '[No Name]'}" ${vi.lines.length} lines`;
  else if (name === 'sav' || name === 'saveas') {
    if (save(vi, { path, force: bang })) vi.path = path;
  } else return false;
  return true;
}

function edit(vi: Vi, path: string | undefined, force: boolean): void {
  const target = path ?? vi.path;
  if (target === undefined) refuse(vi, 'E32: No file name');
  else if (isChanged(vi) && !force) refuse(vi, 'E37: No write since last change (add ! to override)');
  else loadFile(vi, target);
}

function readInto(vi: Vi, row: number, path: string | undefined): void {
  const target = path ?? vi.path;
  if (target?.startsWith('!')) return void refuse(vi, 'kubeproctor does not simulate shell commands from within vi');
  const text = target === undefined ? undefined : vi.host.read(target);
  if (text === undefined) return void refuse(vi, target === undefined ? 'E32: No file name' : `E484: Can't open file ${target}`);
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  replaceLines(vi, row + 1, 0, lines);
  moveTo(vi, { row: row + 1, col: 0 });
  vi.message = `"${target}" ${lines.length}L, ${Buffer.byteLength(text)}B`;
}

/** Commands about whole lines. */
function lineCommand(vi: Vi, { name, argument }: Line, rows: readonly [number, number]): boolean {
  const range = { from: { row: rows[0], col: 0 }, to: { row: rows[1], col: 0 }, linewise: true };
  const register = /^[a-zA-Z"]$/.test(argument) ? argument : '"';
  if (is(name, 'd', 'delete')) {
    store(vi, register, textIn(vi, range), 'delete');
    removeRange(vi, range);
    if (rows[1] - rows[0] > 1) vi.message = `${rows[1] - rows[0] + 1} fewer lines`;
    moveTo(vi, { row: rows[0], col: 0 });
  } else if (is(name, 'y', 'yank')) {
    store(vi, register, textIn(vi, range), 'yank');
    if (rows[1] - rows[0] > 1) vi.message = `${rows[1] - rows[0] + 1} lines yanked`;
  } else if (is(name, 'm', 'move') || is(name, 't', 't') || is(name, 'co', 'copy')) copyOrMove(vi, rows, argument, name.startsWith('m'));
  else if (name === '>' || name === '<') shiftLines(vi, rows[0], rows[1], (name === '>' ? 1 : -1) * (1 + argument.length));
  else if (is(name, 'j', 'join')) joinLines(vi, rows[0], Math.max(rows[1], rows[0] + 1), true);
  else if (is(name, 'sor', 'sort')) replaceLines(vi, rows[0], rows[1] - rows[0] + 1, [...vi.lines.slice(rows[0], rows[1] + 1)].sort());
  else if (is(name, 'pu', 'put')) {
    const content = vi.registers.get(register);
    if (content) replaceLines(vi, rows[1] + 1, 0, content.text.split('\n'));
  } else if (is(name, 'ret', 'retab')) retab(vi, rows);
  else return false;
  return true;
}

function retab(vi: Vi, rows: readonly [number, number]): void {
  const all = rows[0] === rows[1] ? ([0, vi.lines.length - 1] as const) : rows;
  const spaces = ' '.repeat(vi.settings.tabstop);
  replaceLines(
    vi,
    all[0],
    all[1] - all[0] + 1,
    vi.lines.slice(all[0], all[1] + 1).map((line) => line.replaceAll('\t', spaces)),
  );
}

function copyOrMove(vi: Vi, rows: readonly [number, number], argument: string, moving: boolean): void {
  const target = argument === '0' ? -1 : parseRange(vi, argument)?.rows?.[0];
  if (target === undefined) return void refuse(vi, 'E14: Invalid address');
  const chosen = vi.lines.slice(rows[0], rows[1] + 1);
  if (!moving) {
    replaceLines(vi, target + 1, 0, chosen);
    moveTo(vi, { row: target + chosen.length, col: 0 });
    return;
  }
  if (target >= rows[0] && target < rows[1]) return void refuse(vi, 'E134: Cannot move a range of lines into itself');
  replaceLines(vi, rows[0], chosen.length, []);
  const at = target >= rows[1] ? target + 1 - chosen.length : target + 1;
  replaceLines(vi, at, 0, chosen);
  moveTo(vi, { row: at + chosen.length - 1, col: 0 });
}

/** `:g/pattern/command` */
function everyMatch(vi: Vi, { rows, argument }: Line, inverted: boolean): void {
  const delimiter = argument.charAt(0);
  const end = argument.indexOf(delimiter, 1);
  const pattern = argument.slice(1, end < 0 ? undefined : end) || (vi.search?.pattern ?? '');
  const action = end < 0 ? 'p' : argument.slice(end + 1) || 'p';
  const regex = compilePattern(vi, pattern);
  if (!regex) return;
  const [from, to] = rows ?? [0, vi.lines.length - 1];
  const hit = (line: string) => {
    regex.lastIndex = 0;
    return regex.test(line) !== inverted;
  };
  const marked = vi.lines.map((line, row) => (row >= from && row <= to && hit(line) ? row : -1)).filter((row) => row >= 0);
  if (marked.length === 0) return void refuse(vi, `E486: Pattern not found: ${pattern}`);
  let shift = 0;
  for (const row of marked) {
    const before = vi.lines.length;
    moveTo(vi, { row: row + shift, col: 0 });
    executeLine(vi, action);
    shift += vi.lines.length - before;
  }
  if (shift < -2) vi.message = `${-shift} fewer lines`;
}
