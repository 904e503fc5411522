import stringWidth from 'string-width';
import type { Text } from '../text/index.ts';
import type { Locale } from '../trainer/catalog/catalog.ts';
import type { Result, TaskResult } from '../trainer/history/result.ts';
import { bar, clockTime, dayOf, percent, points } from './facts.ts';

/** The report as plain text, 100 columns at most. */
export function textReport(result: Result, text: Text, locale: Locale): string {
  return [
    ...header(result, text),
    '',
    ...domainTable(result, text, locale),
    '',
    ...result.tasks.flatMap((task) => taskLines(task, text, locale, Math.max(...result.tasks.map(({ title }) => stringWidth(title[locale]))))),
  ].join('\n');
}

function header({ attempt, score, passed, usedMs, timedOut }: Result, text: Text): string[] {
  const title = attempt.kind === 'exam' ? text.report.title(attempt.exam.toUpperCase()) : text.report.drill;
  const verdict = `${percent(score)}   ${passed ? text.report.pass : text.report.fail} (${text.report.passMark(attempt.passMark)})`;
  const used = `${clockTime(usedMs)} ${text.report.of} ${attempt.minutes}:00 ${text.report.used}${timedOut ? `; ${text.report.timedOut}` : ''}`;
  return [`${title} · seed ${attempt.seed} · ${dayOf({ attempt } as Result)}`, `${verdict}   ${used}`];
}

function domainTable({ domains }: Result, text: Text, locale: Locale): string[] {
  const width = Math.max(...domains.map(({ title }) => stringWidth(title[locale])), stringWidth(text.report.domain));
  const rows = domains.map(
    ({ title, weight, score, tasks }) =>
      `${pad(title[locale], width)}  ${`${weight} %`.padStart(6)}  ${bar(score / 100, 18)} ${percent(score).padStart(7)}  ${text.report.tasks(tasks)}`,
  );
  return [`${pad(text.report.domain, width)}  ${padStart(text.report.weight, 6)}  ${text.report.you}`, ...rows];
}

export function taskLines(task: TaskResult, text: Text, locale: Locale, width = 52): string[] {
  const minutes = task.visited ? text.report.minutes(Math.round(task.spentMs / 60_000), task.targetMinutes) : text.report.notReached;
  const flag = task.flagged ? `  ${text.report.flagged}` : '';
  const head = `${text.report.task} ${String(task.number).padStart(2)}  ${pad(task.title[locale], width)}  ${points(task).padStart(7)}  ${minutes}${flag}`;
  return [head, ...task.checks.flatMap((check) => checkLines(check, text, locale))];
}

function checkLines({ title, outcome }: TaskResult['checks'][number], text: Text, locale: Locale): string[] {
  const mark = outcome?.ok ? '✓' : '✗';
  const line = `    ${mark} ${title[locale]}`;
  if (!outcome || outcome.ok) return [line];
  const why = `        ${text.outcome.word(outcome)}`;
  return outcome.look ? [line, why, `        ${text.outcome.look}: ${outcome.look}`] : [line, why];
}

const padStart = (value: string, width: number): string => ' '.repeat(Math.max(0, width - stringWidth(value))) + value;

/** Pads by display cells, so that Korean columns line up. */
export const pad = (value: string, width: number): string => value + ' '.repeat(Math.max(0, width - stringWidth(value)));
