import { isChanged, moveTo, type Vi } from './state.ts';

const UNSAVED = 'E37: No write since last change (add ! to override)';

export const contentOf = (vi: Vi, from = 0, to = vi.lines.length - 1): string => {
  const chosen = vi.lines.slice(from, to + 1);
  if (chosen.length === 1 && chosen[0] === '' && !vi.finalNewline) return '';
  return `${chosen.join('\n')}\n`;
};

const describe = (path: string, text: string): string => `"${path}" ${(text.match(/\n/g) ?? []).length}L, ${Buffer.byteLength(text)}B`;

/** Loads a file into an emptied session. */
export function loadFile(vi: Vi, path: string): void {
  vi.path = path;
  const text = vi.host.read(path);
  if (text === undefined) {
    vi.lines = [''];
    vi.message = `"${path}" [New]`;
    vi.finalNewline = false;
  } else {
    const body = text.endsWith('\n') ? text.slice(0, -1) : text;
    vi.lines = body.split('\n');
    vi.finalNewline = text !== '';
    const noEnd = text !== '' && !text.endsWith('\n');
    const size = `${text === '' ? 0 : vi.lines.length}L, ${Buffer.byteLength(text)}B`;
    vi.message = `"${path}" ${vi.settings.readonly ? '[readonly] ' : ''}${noEnd ? '[noeol] ' : ''}${size}`;
  }
  vi.saved = vi.lines;
  vi.undo = [];
  vi.redo = [];
  moveTo(vi, { row: 0, col: 0 });
}

export interface WriteOptions {
  readonly path?: string | undefined;
  readonly force?: boolean;
  readonly range?: readonly [number, number] | undefined;
  readonly append?: boolean;
}

/** True when the file was written. */
export function save(vi: Vi, { path, force = false, range, append = false }: WriteOptions = {}): boolean {
  const target = path ?? vi.path;
  if (target === undefined) return refuse(vi, 'E32: No file name');
  const own = target === vi.path || vi.path === undefined;
  if (own && vi.settings.readonly && !force) return refuse(vi, "E45: 'readonly' option is set (add ! to override)");
  const exists = vi.host.exists(target);
  if (!own && exists && !force && !append) return refuse(vi, 'E13: File exists (add ! to override)');
  const text = contentOf(vi, ...(range ?? []));
  try {
    vi.host.write(target, append ? (vi.host.read(target) ?? '') + text : text);
  } catch (error) {
    return refuse(vi, error instanceof Error ? error.message : String(error));
  }
  vi.message = `${describe(target, text).replace('" ', exists ? '" ' : '" [New] ')} ${append ? 'appended' : 'written'}`;
  vi.path ??= target;
  if (own && !range) {
    vi.saved = vi.lines;
    vi.finalNewline = true;
  }
  return true;
}

export function refuse(vi: Vi, message: string): false {
  vi.message = message;
  return false;
}

export function quit(vi: Vi, force: boolean): void {
  if (!force && isChanged(vi)) {
    refuse(vi, UNSAVED);
    return;
  }
  vi.finished = true;
}

/** `:x` and `ZZ`: written only when changed. */
export function saveAndQuit(vi: Vi): void {
  if (isChanged(vi) && !save(vi)) return;
  quit(vi, true);
}
