import type { Text } from '../text/index.ts';
import type { Locale } from '../trainer/catalog/catalog.ts';
import type { Result } from '../trainer/history/result.ts';
import { clockTime, dayOf, percent, points } from './facts.ts';

/** The report as Markdown. */
export function markdownReport(result: Result, text: Text, locale: Locale): string {
  const { attempt, score, passed, usedMs, domains, tasks } = result;
  const title = attempt.kind === 'exam' ? text.report.title(attempt.exam.toUpperCase()) : text.report.drill;
  return [
    `# ${title} · seed ${attempt.seed} · ${dayOf(result)}`,
    '',
    `**${percent(score)} ${passed ? text.report.pass : text.report.fail}** (${text.report.passMark(attempt.passMark)}), ${clockTime(usedMs)} ${text.report.used}`,
    '',
    `| ${text.report.domain} | ${text.report.weight} | ${text.report.you} |`,
    '|---|--:|--:|',
    ...domains.map((d) => `| ${d.title[locale]} | ${d.weight} % | ${percent(d.score)} |`),
    '',
    ...tasks.flatMap((task) => [
      `## ${task.number}. ${task.title[locale]} (${points(task)})`,
      '',
      task.visited ? text.report.minutes(Math.round(task.spentMs / 60_000), task.targetMinutes) : text.report.notReached,
      '',
      ...task.checks.flatMap(({ title, outcome }) => [
        `- ${outcome?.ok ? '✓' : '✗'} ${title[locale]}`,
        ...(outcome && !outcome.ok ? [`  - ${text.outcome.word(outcome)}`, ...(outcome.look ? [`  - \`${outcome.look}\``] : [])] : []),
      ]),
      '',
    ]),
  ].join('\n');
}
