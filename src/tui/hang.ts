import wrapAnsi from 'wrap-ansi';

/** A line too long for the screen goes on below, two columns further in. */
export function hang(line: string, width: number): string[] {
  const indent = ' '.repeat(line.length - line.trimStart().length);
  const [first = '', ...rest] = wrapAnsi(line.trimStart(), Math.max(8, width - indent.length - 2), { hard: true, trim: false }).split('\n');
  return [indent + first, ...rest.map((text) => `${indent}  ${text.trimStart()}`)];
}
