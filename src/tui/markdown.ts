import wrapAnsi from 'wrap-ansi';

const style = (codes: string, text: string) => `\u001b[${codes}m${text}\u001b[0m`;

/** Renders a task's Markdown (paragraphs, lists, headings, code, `code`, **bold**) to lines no wider than `width`. */
export function renderMarkdown(source: string, width: number): string[] {
  const lines: string[] = [];
  let fenced = false;
  let paragraph: string[] = [];
  let point = '';
  const flush = () => {
    if (point) lines.push(...item(point, width));
    point = '';
    if (paragraph.length > 0) lines.push(...wrap(inline(paragraph.join(' ')), width));
    paragraph = [];
  };
  for (const line of source.trimEnd().split('\n')) {
    if (/^\s*```/.test(line)) {
      flush();
      fenced = !fenced;
    } else if (fenced) {
      lines.push(...wrap(style('36', `  ${line}`), width, false));
    } else if (line.trim() === '') {
      flush();
      if (lines.at(-1) !== '') lines.push('');
    } else if (/^#+\s/.test(line)) {
      flush();
      lines.push(...wrap(style('1', line.replace(/^#+\s+/, '')), width));
    } else if (/^\s*([-*]|\d+\.)\s/.test(line)) {
      flush();
      point = line;
    } else if (point && /^\s{2,}\S/.test(line)) {
      point += ` ${line.trim()}`;
    } else {
      if (point) flush();
      paragraph.push(line.trim());
    }
  }
  flush();
  return lines;
}

function item(line: string, width: number): string[] {
  const [, indent = '', marker = '', rest = ''] = /^(\s*)([-*]|\d+\.)\s+(.*)$/.exec(line) ?? [];
  const bullet = `${indent}${/\d/.test(marker) ? marker : '•'} `;
  return wrap(inline(rest), width - bullet.length).map((text, i) => (i === 0 ? bullet + text : ' '.repeat(bullet.length) + text));
}

const inline = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part) => (part.startsWith('`') ? style('36', part.slice(1, -1)) : part.replace(/\*\*([^*]+)\*\*/g, (_, bold: string) => style('1', bold))))
    .join('');

const wrap = (text: string, width: number, trim = true): string[] => wrapAnsi(text, Math.max(8, width), { hard: true, trim }).split('\n');

/** The names in a task's backticks, in order and each once: what can be put on the command line. */
export const namesIn = (source: string): string[] => [...new Set([...source.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? ''))];
