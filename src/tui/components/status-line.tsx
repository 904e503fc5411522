import { Text } from 'ink';
import stringWidth from 'string-width';
import { clockTime } from '../../report/index.ts';
import type { Text as Words } from '../../text/index.ts';
import type { ExamController } from '../exam/exam-controller.ts';

const MINUTE = 60_000;

/** One line that never moves: what is sat, which task, what it weighs, and the time left. */
export function StatusLine({ exam, words, columns }: { exam: ExamController; words: Words; columns: number }) {
  const { session } = exam;
  const { attempt } = session;
  const task = attempt.tasks[session.current];
  const remaining = session.remaining();
  const alert = exam.alert();
  const flag = session.tasks[session.current]?.flagged ? ' ⚑' : '';
  const name = attempt.kind === 'exam' ? words.report.title(attempt.exam.toUpperCase()) : words.report.drill;
  const left = columns >= 110 ? ` kubeproctor · ${name} · seed ${attempt.seed}` : ` ${attempt.exam.toUpperCase()}`;
  const middle = `${words.exam.task(session.current + 1, attempt.tasks.length)}${flag}  ${task?.weight ?? 0} %`;
  const note = exam.preparing
    ? words.exam.preparing(exam.preparing)
    : exam.leading
      ? 'Ctrl-\\ …'
      : alert
        ? words.exam.alert(alert)
        : pace(exam, words);
  const right = `${note ? `${note}   ` : ''}${clockTime(remaining)} ${words.exam.left} `;
  const gap = Math.max(1, columns - stringWidth(left) - stringWidth(middle) - stringWidth(right));
  const before = Math.floor(gap / 2);
  return (
    <Text inverse wrap="truncate-end">
      {left}
      {' '.repeat(before)}
      <Text bold>{middle}</Text>
      {' '.repeat(gap - before)}
      <Text bold {...timeColor(remaining)}>
        {right}
      </Text>
    </Text>
  );
}

const timeColor = (remaining: number) => (remaining < 5 * MINUTE ? { color: 'red' } : remaining < 30 * MINUTE ? { color: 'yellow' } : {});

/** Minutes ahead of or behind an even pace over the visited tasks' weights. */
function pace({ session }: ExamController, words: Words): string {
  if (session.attempt.kind !== 'exam') return session.attempt.profile === 'practice' ? words.exam.practice : '';
  const visited = session.attempt.tasks
    .filter((_, i) => session.tasks[i]?.visited && i !== session.current)
    .reduce((sum, { weight }) => sum + weight, 0);
  const due = ((visited + (session.attempt.tasks[session.current]?.weight ?? 0)) / 100) * session.attempt.minutes;
  const behind = Math.round(session.elapsed() / MINUTE - due);
  return behind > 0 ? words.exam.behind(behind) : '';
}
