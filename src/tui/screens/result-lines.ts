import { report } from '../../report/index.ts';
import type { Text } from '../../text/index.ts';
import type { Locale } from '../../trainer/catalog/catalog.ts';
import type { Result } from '../../trainer/history/result.ts';
import { hang } from '../hang.ts';

export interface ResultLines {
  readonly lines: readonly string[];
  /** Where each task begins. */
  readonly starts: readonly number[];
}

/** The report in the screen's width: marks in colour, reasons dim, the chosen task's head reversed, its solution below it when asked for. */
export function resultLines(
  result: Result,
  words: Text,
  locale: Locale,
  width: number,
  { chosen, solution }: { chosen: number; solution?: string },
): ResultLines {
  const lines: string[] = [];
  const starts: number[] = [];
  for (const line of report(result, 'text', words, locale).trimEnd().split('\n')) {
    const isHead = line.startsWith(`${words.report.task} `) && /^\D+\d/.test(line);
    if (isHead) {
      if (solution && starts.length - 1 === chosen) lines.push(...solutionLines(solution, width));
      starts.push(lines.length);
    }
    lines.push(...hang(line, width).map((text) => (isHead && starts.length - 1 === chosen ? `\u001b[7m${text}\u001b[27m` : color(text))));
  }
  if (solution && starts.length - 1 === chosen) lines.push(...solutionLines(solution, width));
  return { lines, starts };
}

const solutionLines = (solution: string, width: number): string[] =>
  solution
    .trimEnd()
    .split('\n')
    .flatMap((line) => hang(`    ${line}`, width))
    .map((line) => `\u001b[36m${line}\u001b[39m`);

function color(line: string): string {
  if (/^ {4}✓/.test(line)) return line.replace('✓', '\u001b[32m✓\u001b[39m');
  if (/^ {4}✗/.test(line)) return line.replace('✗', '\u001b[31m✗\u001b[39m');
  return /^ {8}/.test(line) ? `\u001b[2m${line}\u001b[22m` : line;
}
