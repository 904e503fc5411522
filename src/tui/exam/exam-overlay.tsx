import { Text } from 'ink';
import stringWidth from 'string-width';
import { pad } from '../../report/index.ts';
import type { Text as Words } from '../../text/index.ts';
import { Lines } from '../components/lines.tsx';
import { Overlay } from '../components/overlay.tsx';
import { hang } from '../hang.ts';
import { renderMarkdown } from '../markdown.ts';
import type { ExamController } from './exam-controller.ts';

interface Props {
  readonly exam: ExamController;
  readonly words: Words;
  readonly columns: number;
  readonly rows: number;
}

/** Whatever lies over the panes at the moment. */
export function ExamOverlay({ exam, words, columns, rows }: Props) {
  const inner = { columns: columns - 4, rows: rows - (rows > 12 ? 5 : 4) };
  const scrolled = (lines: readonly string[]) => {
    const top = Math.max(0, Math.min(exam.overlayScroll, lines.length - inner.rows));
    return top + inner.rows < lines.length ? [...lines.slice(top, top + inner.rows - 1), words.exam.more] : lines.slice(top, top + inner.rows);
  };
  const framed = (title: string, keys: string, lines: readonly string[]) => (
    <Overlay title={title} keys={keys} columns={columns} rows={rows}>
      <Lines lines={lines} columns={inner.columns} rows={inner.rows} />
    </Overlay>
  );
  const page = (title: string, keys: string, lines: readonly string[]) =>
    framed(title, keys, scrolled(lines.flatMap((line) => hang(line, inner.columns))));
  const { session } = exam;
  switch (exam.overlay) {
    case 'none':
      return null;
    case 'help': {
      const lines = [...words.exam.help.lines, ...(session.attempt.profile === 'practice' ? [words.exam.help.practice] : [])];
      return page(
        words.exam.help.title,
        words.home.back,
        lines.flatMap((line) => renderMarkdown(line, inner.columns)),
      );
    }
    case 'map':
      return framed(words.exam.map.title, words.exam.map.keys, mapLines(exam, words, inner.rows));
    case 'notes':
      return page(words.exam.notes.title, words.exam.notes.keys, `${session.notes}▂`.split('\n').slice(-inner.rows));
    case 'finish': {
      const unvisited = session.tasks.filter(({ visited }) => !visited).length;
      const flagged = session.tasks.filter((task) => task.flagged).length;
      return page(words.exam.finish.question, words.exam.finish.keys, [words.exam.finish.state(unvisited, flagged)]);
    }
    case 'grading':
      return (
        <Overlay title={session.remaining() === 0 ? words.exam.timeUp : words.exam.finish.question} keys="" columns={columns} rows={rows}>
          <Text>{words.exam.finish.grading((exam.progress?.done ?? 0) + 1, exam.progress?.count ?? 0)}</Text>
        </Overlay>
      );
    case 'hint': {
      const { hints } = exam.text();
      const shown = Math.min(exam.hintsShown, hints.length);
      const lines = shown === 0 ? [words.exam.noHints] : renderMarkdown(hints[shown - 1] ?? '', inner.columns);
      return page(words.exam.hint(shown, hints.length), words.home.back, lines);
    }
    case 'solution':
      return page('solution.sh', words.home.back, exam.text().solution.split('\n'));
    case 'check':
      return page(words.report.result, words.home.back, exam.checkLines.length > 0 ? exam.checkLines : ['…']);
  }
}

function mapLines(exam: ExamController, words: Words, rows: number): string[] {
  const { session } = exam;
  const blueprint = exam.catalog.blueprint(session.attempt.exam);
  const titleWidth = Math.max(...session.tasks.map((_, i) => stringWidth(exam.text(i).title)), 20);
  const lines = session.tasks.map(({ number, visited, flagged }, i) => {
    const task = session.attempt.tasks[i];
    const domain = blueprint.domains.find(({ id }) => id === task?.domain)?.title[exam.locale] ?? '';
    const minutes = String(Math.floor(session.spent(i) / 60_000));
    const line = `${flagged ? '⚑' : ' '} ${String(number).padStart(2)}  ${pad(exam.text(i).title, Math.min(46, titleWidth))}  ${`${task?.weight ?? 0} %`.padStart(5)}  ${minutes.padStart(3)} ${words.exam.map.columns.spent}  ${visited ? '·' : ' '}  ${domain}`;
    return i === exam.chosen ? `\u001b[7m${line}\u001b[27m` : line;
  });
  const top = Math.max(0, Math.min(exam.chosen - Math.floor(rows / 2), lines.length - rows));
  return lines.slice(top, top + rows);
}
