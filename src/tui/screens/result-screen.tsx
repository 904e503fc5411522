import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Box, Text } from 'ink';
import { useState } from 'react';
import { report } from '../../report/index.ts';
import type { Result } from '../../trainer/history/result.ts';
import type { Application } from '../application.ts';
import { Lines } from '../components/lines.tsx';
import { useChoice } from '../hooks/use-choice.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useSize } from '../hooks/use-size.ts';
import { resultLines } from './result-lines.ts';

/** The report of an attempt: evidence first, task by task; its solution and another try at hand. */
export function ResultScreen({ app, result }: { app: Application; result: Result }) {
  const { words, locale } = app;
  const { columns, rows } = useSize();
  const { chosen, move, current } = useChoice(result.tasks.length);
  const [scroll, setScroll] = useState(0);
  const [solved, setSolved] = useState(false);
  const [message, setMessage] = useState('');
  const body = rows - 2;
  const { lines, starts } = resultLines(result, words, locale, columns - 2, {
    chosen,
    ...(solved ? { solution: app.solution(result, chosen) } : {}),
  });
  const last = Math.max(0, lines.length - body);
  const task = chosen === 0 ? 0 : (starts[chosen] ?? 0);
  const top = Math.max(0, Math.min(last, task + scroll));
  useKeys((key) => {
    const go = (by: number) => {
      setScroll(0);
      setSolved(false);
      move(by);
    };
    if (key.name === 'down' || key.raw === 'j') go(1);
    else if (key.name === 'up' || key.raw === 'k') go(-1);
    else if (key.name === 'pageDown' || key.raw === ' ') setScroll((by) => Math.min(last - task, by + body));
    else if (key.name === 'pageUp') setScroll((by) => Math.max(-task, by - body));
    else if (key.raw === 's') setSolved((shown) => !shown);
    else if (key.raw === 'r') void app.retry(result, current());
    else if (key.raw === 'e') setMessage(exportTo(join(process.cwd(), `${result.attempt.id}.html`), app, result));
    else if (key.raw === 'q' || key.name === 'escape' || key.name === 'interrupt') app.go('home');
  });
  const more = top < last ? `  ${words.exam.more}` : '';
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

function exportTo(file: string, { words, locale }: Application, result: Result): string {
  try {
    writeFileSync(file, report(result, 'html', words, locale));
    return words.result.exported(file);
  } catch (error) {
    return words.result.cannotExport(file, error instanceof Error && 'code' in error ? String(error.code) : 'failed');
  }
}
