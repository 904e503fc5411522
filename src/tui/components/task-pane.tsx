import { Box, Text } from 'ink';
import { useMemo } from 'react';
import type { Text as Words } from '../../text/index.ts';
import type { ExamController } from '../exam/exam-controller.ts';
import type { Pane } from '../exam/layout.ts';
import { renderMarkdown } from '../markdown.ts';
import { Lines } from './lines.tsx';

/** The task's text; where it does not fit, the last row says so. */
export function TaskPane({ exam, pane, words }: { exam: ExamController; pane: Pane; words: Words }) {
  const { session } = exam;
  const text = exam.text();
  const host = session.attempt.tasks[session.current]?.host ?? '';
  const lines = useMemo(() => renderMarkdown(`**${text.title}**\n\n\`ssh ${host}\`\n\n${text.body}`, pane.columns), [text, host, pane.columns]);
  const body = pane.rows - 1;
  const top = Math.max(0, Math.min(exam.taskScroll, lines.length - body));
  const below = top + body < lines.length;
  const sign = [top > 0 ? words.exam.above : '', below ? words.exam.more : ''].filter(Boolean).join('  ');
  return (
    <Box flexDirection="column" width={pane.columns} height={pane.rows}>
      <Lines lines={lines.slice(top, top + body)} columns={pane.columns} rows={body} />
      <Text dimColor wrap="truncate-end">
        {sign || ' '}
      </Text>
    </Box>
  );
}
