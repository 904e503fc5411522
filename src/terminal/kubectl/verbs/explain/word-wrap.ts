/** Breaks lines at spaces before they exceed the limit; runs of spaces inside a line and words that are too long stay whole. */
export const wordWrap = (text: string, limit: number): string =>
  text
    .split('\n')
    .map((line) => wrapLine(line, limit))
    .join('\n');

function wrapLine(line: string, limit: number): string {
  let result = '';
  let width = 0;
  for (const [, space = '', word = ''] of line.matchAll(/(\s*)(\S*)/g)) {
    if (!space && !word) continue;
    if (width > 0 && word && width + space.length + word.length > limit) {
      result += `\n${word}`;
      width = word.length;
    } else if (word || width === 0) {
      result += `${space}${word}`;
      width += space.length + word.length;
    }
  }
  return result;
}

export const indented = (text: string, amount: number): string => {
  const pad = ' '.repeat(amount);
  return `${pad}${text.replaceAll('\n', `\n${pad}`)}`;
};

const BULLET = /^(\d+\.?|-|\*)\s/;

/** Joins lines and folds them anew; code, lists, empty lines and what follows a colon keep their breaks. */
export function foldLines(text: string, limit: number): string[] {
  const folded: string[] = [];
  let line = '';
  let lastWord = '';
  const flush = () => {
    if (line !== '') folded.push(line);
    line = '';
    lastWord = '';
  };
  for (const given of text.split('\n')) {
    const trimmed = given.trim();
    if (given.startsWith('    ') || (trimmed === '' && folded.length > 0)) {
      flush();
      folded.push(given.startsWith('    ') ? given : '');
      continue;
    }
    if (lastWord.endsWith(':') || trimmed === '' || BULLET.test(trimmed)) flush();
    for (const word of trimmed.split(/\s+/).filter(Boolean)) {
      if (line !== '' && line.length + 1 + word.length > limit) flush();
      line = line === '' ? word : `${line} ${word}`;
      lastWord = word;
    }
  }
  flush();
  return folded;
}
