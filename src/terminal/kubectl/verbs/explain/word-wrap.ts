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
