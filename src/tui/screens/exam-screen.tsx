import { Box, Text } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import type { Text as Words } from '../../text/index.ts';
import { Lines } from '../components/lines.tsx';
import { StatusLine } from '../components/status-line.tsx';
import { TaskPane } from '../components/task-pane.tsx';
import type { ExamController } from '../exam/exam-controller.ts';
import { onExamKey } from '../exam/exam-keys.ts';
import { ExamOverlay } from '../exam/exam-overlay.tsx';
import { layOut, type Pane, SMALLEST } from '../exam/layout.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useSecond } from '../hooks/use-second.ts';
import { type Size, useSize } from '../hooks/use-size.ts';

/** The exam: the task, the terminal, the time. */
export function ExamScreen({ exam, words }: { exam: ExamController; words: Words }) {
  useSyncExternalStore(exam.subscribe, exam.version);
  useSecond();
  useKeys((key) => onExamKey(exam, key));
  const size = useSize();
  const tooSmall = size.columns < SMALLEST.columns || size.rows < SMALLEST.rows;
  const layout = layOut(size, exam.view);
  const terminal = tooSmall ? undefined : layout.terminal;
  useEffect(() => {
    if (terminal) exam.fit(terminal.columns, terminal.rows);
  }, [exam, terminal?.columns, terminal?.rows, terminal]);
  useEffect(() => {
    if (exam.session.remaining() === 0) void exam.finish();
  });
  if (tooSmall) return <Text>{words.app.tooSmall(size.columns, size.rows + 1)}</Text>;
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows}>
      <StatusLine exam={exam} words={words} columns={size.columns} />
      {exam.overlay === 'none' ? (
        <Panes exam={exam} words={words} size={size} />
      ) : (
        <ExamOverlay exam={exam} words={words} columns={size.columns} rows={size.rows - 2} />
      )}
      <Text dimColor wrap="truncate-end">
        {` ${layout.wide ? words.exam.keysWide : words.exam.keysNarrow}`}
      </Text>
    </Box>
  );
}

function Panes({ exam, words, size }: { exam: ExamController; words: Words; size: Size }) {
  const { wide, task, terminal } = layOut(size, exam.view);
  const beside = wide && task && terminal;
  const height = size.rows - 3;
  return (
    <>
      <Rule columns={size.columns} label={exam.screen.scrolledBack > 0 ? `↑ ${exam.screen.scrolledBack}` : ''} />
      <Box flexDirection={beside ? 'row' : 'column'} height={height}>
        {task && (
          <Box paddingX={1}>
            <TaskPane exam={exam} pane={task} words={words} />
          </Box>
        )}
        {beside && <Divider rows={height} />}
        {!beside && task && terminal && <Rule columns={size.columns} label="" />}
        {terminal && <TerminalPane exam={exam} pane={terminal} indent={beside ? 1 : 0} />}
      </Box>
    </>
  );
}

function TerminalPane({ exam, pane, indent }: { exam: ExamController; pane: Pane; indent: number }) {
  return (
    <Box paddingLeft={indent}>
      <Lines lines={exam.screen.rows({ cursor: true })} columns={pane.columns} rows={pane.rows} />
    </Box>
  );
}

const Rule = ({ columns, label }: { columns: number; label: string }) => (
  <Text dimColor wrap="truncate-end">
    {`${'─'.repeat(Math.max(0, columns - label.length - 1))}${label}─`.slice(-columns)}
  </Text>
);

const Divider = ({ rows }: { rows: number }) => <Text dimColor>{Array.from({ length: rows }, () => '│').join('\n')}</Text>;
