import type { Settings, Vi } from './state.ts';

const SHORT: Readonly<Record<string, keyof Settings>> = {
  nu: 'number',
  rnu: 'relativenumber',
  et: 'expandtab',
  ai: 'autoindent',
  ic: 'ignorecase',
  scs: 'smartcase',
  hls: 'hlsearch',
  ro: 'readonly',
  sw: 'shiftwidth',
  ts: 'tabstop',
  sts: 'softtabstop',
};

/** Accepted and without effect here. */
const SILENT = new Set(
  'nocompatible compatible cp nocp ruler ru showmode smd showcmd sc cursorline cul cursorcolumn cuc incsearch is nois mouse encoding enc background bg backspace bs laststatus ls wildmenu wmnu syntax swapfile swf backup hidden hid ttyfast smarttab sta smartindent si cindent cin pastetoggle pt foldmethod fdm foldenable fen listchars lcs scrolloff so textwidth tw fileformat ff clipboard cb undofile udf modeline ml visualbell vb errorbells eb belloff bo title history hi autoread ar splitright spr splitbelow sb t_Co filetype ft'.split(
    ' ',
  ),
);

/** `:set` with its arguments. */
export function applySet(vi: Vi, text: string): void {
  for (const word of text.split(/\s+/).filter(Boolean)) if (!setOne(vi, word)) return;
}

function setOne(vi: Vi, word: string): boolean {
  const match = /^(no|inv)?([a-z_A-Z]+)([?!&]|[-+^]?=(.*)|:(.*))?$/.exec(word);
  if (!match) return complain(vi, word);
  const [, , , suffix = '', assigned, colon] = match;
  let [, prefix = '', name = ''] = match;
  if (prefix && !(name in vi.settings) && !SHORT[name] && !SILENT.has(name)) {
    name = prefix + name;
    prefix = '';
  }
  const key = SHORT[name] ?? (name in vi.settings ? (name as keyof Settings) : undefined);
  if (!key) return SILENT.has(name) || SILENT.has(prefix + name) ? true : complain(vi, word);
  const { settings } = vi;
  const current = settings[key];
  if (typeof current === 'boolean') {
    if (suffix === '?') vi.message = `${current ? '  ' : 'no'}${key}`;
    else assign(settings, key, prefix === 'inv' || suffix === '!' ? !current : prefix !== 'no');
    return true;
  }
  const value = assigned ?? colon;
  if (value === undefined) vi.message = `  ${key}=${current}`;
  else if (!/^-?\d+$/.test(value)) return complain(vi, word, 'E521: Number required after =');
  else assign(settings, key, Number(value));
  return true;
}

/** Only called with a value of the setting's own type. */
const assign = (settings: Settings, key: keyof Settings, value: boolean | number): void => void Object.assign(settings, { [key]: value });

function complain(vi: Vi, word: string, reason = 'E518: Unknown option'): false {
  vi.message = `${reason}: ${word}`;
  return false;
}
