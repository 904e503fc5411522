import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Box, Text } from 'ink';
import { useState } from 'react';
import wrapAnsi from 'wrap-ansi';
import { report } from '../../report/index.ts';
import type { Result } from '../../trainer/history/result.ts';
import type { Application } from '../application.ts';
import { Lines } from '../components/lines.tsx';
import { useKeys } from '../hooks/use-keys.ts';
import { useSize } from '../hooks/use-size.ts';

/** The report of an attempt, to be scrolled by task. */
export function ResultScreen({ app, result }: { app: Application; result: Result }) {
  const { words, locale } = app;
  const { columns, rows } = useSize();
  const [top, setTop] = useState(0);
  const [message, setMessage] = useState('');
  const lines = report(result, 'text', words, locale)
    .trimEnd()
    .split('\n')
    .flatMap((line) => hang(line, columns - 2))
    .map(color);
  const body = rows - 2;
  const clamp = (n: number) => Math.max(0, Math.min(n, lines.length - body));
  const tasks = lines.flatMap((line, i) => (line.startsWith(`${words.report.task} `) ? [i] : []));
  useKeys((key) => {
    if (key.name === 'down' || key.raw === 'j') setTop((at) => clamp(tasks.find((i) => i > at) ?? at + 1));
    else if (key.name === 'up' || key.raw === 'k') setTop((at) => clamp(tasks.findLast((i) => i < at) ?? 0));
    else if (key.name === 'pageDown' || key.raw === ' ') setTop((at) => clamp(at + body));
    else if (key.name === 'pageUp') setTop((at) => clamp(at - body));
    else if (key.raw === 'e') setMessage(exportTo(join(process.cwd(), `${result.attempt.id}.html`), app, result));
    else if (key.raw === 'q' || key.name === 'escape' || key.name === 'interrupt') app.go('home');
  });
  const more = top + body < lines.length ? `  ${words.exam.more}` : '';
  return (
    <Box flexDirection="column" width={columns} height={rows} paddingX={1}>
      <Lines lines={lines.slice(top, top + body)} columns={columns - 2} rows={body} />
      <Text dimColor wrap="truncate-end">
        {message || words.result.keys}
        {more}
      </Text>
    </Box>
  );
}

/** A line too long for the screen goes on below, two columns further in. */
function hang(line: string, width: number): string[] {
  const indent = ' '.repeat(line.length - line.trimStart().length);
  const [first = '', ...rest] = wrapAnsi(line.trimStart(), width - indent.length - 2, { hard: true, trim: false }).split('\n');
  return [indent + first, ...rest.map((text) => `${indent}  ${text.trimStart()}`)];
}

const color = (line: string): string => {
  if (/^ {4}✓/.test(line)) return line.replace('✓', '\u001b[32m✓\u001b[39m');
  if (/^ {4}✗/.test(line)) return line.replace('✗', '\u001b[31m✗\u001b[39m');
  return /^ {8}/.test(line) ? `\u001b[2m${line}\u001b[22m` : line;
};

function exportTo(file: string, { words, locale }: Application, result: Result): string {
  try {
    writeFileSync(file, report(result, 'html', words, locale));
    return words.result.exported(file);
  } catch (error) {
    return words.result.cannotExport(file, error instanceof Error && 'code' in error ? String(error.code) : 'failed');
  }
}
