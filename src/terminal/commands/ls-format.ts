import stringWidth from 'string-width';
import type { Stat } from '../../machine/index.ts';
import { groupName, userName } from './accounts.ts';
import { modeString } from './mode.ts';
import { quoteIfNeeded } from './quoting.ts';
import { humanSize } from './size.ts';
import { strftime } from './strftime.ts';
import type { Invocation } from './utility.ts';

export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
  /** Where a symbolic link leads, when it leads anywhere. */
  readonly target: Stat | undefined;
  readonly link: string | undefined;
}

const HALF_YEAR = 15_778_476_000;

/** Kilobytes on disk, as an ext4 with blocks of 4 KiB would use. */
export const diskBlocks = ({ type, size }: Stat): number => (type === 'directory' ? 4 : type === 'file' ? Math.ceil(size / 4096) * 4 : 0);

export function longRows(u: Invocation, entries: readonly Entry[], total: boolean): string {
  const { options } = u;
  const human = options.has('h') || options.has('si');
  const numeric = options.has('n');
  const fields = entries.map(({ stat }) => [
    ...(options.has('i') ? [String(stat.inode)] : []),
    ...(options.has('s') ? [blocks(u, diskBlocks(stat))] : []),
    `${modeString(stat.type, stat.mode)}`,
    String(stat.links),
    ...(options.has('g') ? [] : [numeric ? String(stat.uid) : userName(u.process.machine, stat.uid)]),
    ...(options.has('o') || options.has('G') ? [] : [numeric ? String(stat.gid) : groupName(u.process.machine, stat.gid)]),
    stat.type === 'device' ? '1, 3' : human ? humanSize(stat.size, options.has('si') ? 1000 : 1024) : String(stat.size),
    timeOf(u, stat.mtime),
  ]);
  const leftAligned = leftColumns(u, numeric);
  const widths = (fields[0] ?? []).map((_, column) => Math.max(...fields.map((row) => (row[column] ?? '').length)));
  const lines = fields.map((row, i) => {
    const cells = row.map((cell, column) => (leftAligned.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)));
    const entry = entries[i];
    return entry ? `${cells.join(' ')} ${longName(u, entry)}\n` : '';
  });
  const sum = entries.reduce((all, { stat }) => all + diskBlocks(stat), 0);
  return (total ? `total ${blocks(u, sum)}\n` : '') + lines.join('');
}

const blocks = ({ options }: Invocation, kilobytes: number): string => (options.has('h') ? humanSize(kilobytes * 1024) : String(kilobytes));

function leftColumns({ options }: Invocation, numeric: boolean): Set<number> {
  const mode = Number(options.has('i')) + Number(options.has('s'));
  const names = numeric ? 0 : 2 - Number(options.has('g')) - Number(options.has('o') || options.has('G'));
  return new Set([mode, ...Array.from({ length: names }, (_, i) => mode + 2 + i)]);
}

function timeOf({ options, process }: Invocation, mtime: number): string {
  const style = options.has('full-time') ? 'full-iso' : options.value('time-style');
  if (style === 'full-iso') return strftime('%Y-%m-%d %H:%M:%S.%N +0000', mtime);
  if (style === 'long-iso') return strftime('%Y-%m-%d %H:%M', mtime);
  if (style?.startsWith('+')) return strftime(style.slice(1), mtime);
  const age = process.clock.now() - mtime;
  if (style === 'iso') return strftime(age > HALF_YEAR ? '%Y-%m-%d ' : '%m-%d %H:%M', mtime);
  return strftime(age > HALF_YEAR || age < 0 ? '%b %e  %Y' : '%b %e %H:%M', mtime);
}

function longName(u: Invocation, entry: Entry): string {
  if (entry.link === undefined || entry.stat.type !== 'symlink') return decorated(u, entry);
  const color = wantsColor(u);
  const target = color ? paint(entry.target ? colorOf(entry.target) : '40;31;01', entry.link) : quoteForTerminal(u, entry.link);
  const sign = u.options.has('F') && entry.target ? indicator(u, entry.target) : '';
  return `${color ? paint(entry.target ? '01;36' : '40;31;01', entry.name) : quoteForTerminal(u, entry.name)} -> ${target}${sign}`;
}

const wantsColor = ({ options, process }: Invocation): boolean => {
  if (!options.has('color')) return false;
  const when = options.value('color') ?? 'always';
  return when === 'always' || when === 'yes' || when === 'force' || (/^(auto|tty|if-tty)$/.test(when) && process.stdout.tty !== undefined);
};

const paint = (code: string, text: string): string => (code === '' ? text : `\x1b[0m\x1b[${code}m${text}\x1b[0m`.replace('\x1b[0m', ''));

function colorOf({ type, mode }: Stat): string {
  if (type === 'directory') return mode & 0o1000 ? (mode & 0o002 ? '30;42' : '37;44') : mode & 0o002 ? '34;42' : '01;34';
  if (type === 'symlink') return '01;36';
  if (type === 'device') return '40;33;01';
  if (type === 'fifo') return '40;33';
  if (type === 'socket') return '01;35';
  if (mode & 0o4000) return '37;41';
  if (mode & 0o2000) return '30;43';
  return mode & 0o111 ? '01;32' : '';
}

const archive = /\.(tar|tgz|gz|zip|xz|bz2|deb|rpm|jar|zst|7z)$/;

function decorated(u: Invocation, entry: Entry): string {
  const broken = entry.stat.type === 'symlink' && !entry.target;
  const code = broken ? '40;31;01' : colorOf(entry.stat) || (archive.test(entry.name) ? '01;31' : '');
  const shown = quoteForTerminal(u, entry.name);
  return (wantsColor(u) ? paint(code, shown) : shown) + indicator(u, entry.stat);
}

const quoteForTerminal = ({ options, process }: Invocation, name: string): string => {
  if (options.has('Q')) return `"${name.replaceAll('"', '\\"')}"`;
  return process.stdout.tty && !options.has('N') ? quoteIfNeeded(name) : name;
};

function indicator({ options }: Invocation, { type, mode }: Stat): string {
  if (type === 'directory') return options.has('p') || options.has('F') || options.has('file-type') ? '/' : '';
  if (!options.has('F')) return '';
  if (type === 'symlink') return '@';
  if (type === 'fifo') return '|';
  if (type === 'socket') return '=';
  return type === 'file' && mode & 0o111 ? '*' : '';
}

export function shortRows(u: Invocation, entries: readonly Entry[]): string {
  if (entries.length === 0) return '';
  const { options, process } = u;
  const cells = entries.map((entry) => {
    const lead = (options.has('i') ? `${entry.stat.inode} ` : '') + (options.has('s') ? `${blocks(u, diskBlocks(entry.stat))} ` : '');
    return { text: lead + decorated(u, entry), width: stringWidth(lead + quoteForTerminal(u, entry.name) + indicator(u, entry.stat)) };
  });
  const format = options.last('1', 'C', 'x', 'm', 'l') ?? (process.stdout.tty ? 'C' : '1');
  const screen = Number(options.value('w') ?? process.stdout.tty?.size.columns ?? process.env.get('COLUMNS') ?? 80);
  if (format === 'm') return `${cells.map(({ text }) => text).join(', ')}\n`;
  if (format === '1') return cells.map(({ text }) => `${text}\n`).join('');
  return columns(cells, screen, { across: format === 'x', tabs: !wantsColor(u) });
}

interface Cell {
  readonly text: string;
  readonly width: number;
}

/** As many columns as fit, each as wide as its widest cell and two spaces. */
function columns(cells: readonly Cell[], screen: number, { across, tabs }: { across: boolean; tabs: boolean }): string {
  for (let count = Math.min(cells.length, Math.max(1, Math.floor(screen / 3))); count >= 1; count--) {
    const rows = Math.ceil(cells.length / count);
    if (!across && Math.ceil(cells.length / rows) !== count && count > 1) continue;
    const at = (row: number, column: number) => cells[across ? row * count + column : column * rows + row];
    const widths = Array.from({ length: count }, (_, column) =>
      Math.max(...Array.from({ length: rows }, (_unused, row) => at(row, column)?.width ?? 0)),
    );
    const total = widths.reduce((sum, width) => sum + width + 2, -2);
    if (total >= screen && count > 1) continue;
    return Array.from({ length: rows }, (_, row) => {
      const line = widths.flatMap((width, column) => {
        const cell = at(row, column);
        return cell ? [{ cell, width }] : [];
      });
      return `${joinCells(line, tabs)}\n`;
    }).join('');
  }
  return '';
}

/** Pads with tabs where they reach, as ls does when it does not paint. */
function joinCells(line: readonly { cell: Cell; width: number }[], tabs: boolean): string {
  let out = '';
  let at = 0;
  line.forEach(({ cell, width }, i) => {
    out += cell.text;
    if (i === line.length - 1) return;
    const end = at + width + 2;
    for (at += cell.width; at < end; ) {
      const tab = tabs && Math.floor(end / 8) > Math.floor((at + 1) / 8);
      out += tab ? '\t' : ' ';
      at += tab ? 8 - (at % 8) : 1;
    }
  });
  return out;
}
