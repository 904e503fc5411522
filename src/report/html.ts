import type { Text } from '../text/index.ts';
import type { Locale } from '../trainer/catalog/catalog.ts';
import type { Result, TaskResult } from '../trainer/history/result.ts';
import { clockTime, dayOf, percent, points } from './facts.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:1.6rem 0 .3rem}.score{font-size:2rem;font-weight:600}.pass{color:#11693b}.fail{color:#a11d2b}
li{margin:.2rem 0}.why{color:#59636e}code{background:#eef1f4;padding:.1em .3em;border-radius:3px}text{font:13px system-ui,sans-serif;fill:currentColor}
@media (prefers-color-scheme:dark){body{color:#e3e8ee;background:#14181d}code{background:#262d35}.why{color:#9aa5b1}.pass{color:#54c78a}.fail{color:#ff8590}}`;

/** The report as one self-contained page with a bar chart of the domains. */
export function htmlReport(result: Result, text: Text, locale: Locale): string {
  const { attempt, score, passed, usedMs } = result;
  const title = attempt.kind === 'exam' ? text.report.title(attempt.exam.toUpperCase()) : text.report.drill;
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(`${title} · seed ${attempt.seed} · ${dayOf(result)}`)}</h1>
<p><span class="score ${passed ? 'pass' : 'fail'}">${percent(score)} ${passed ? text.report.pass : text.report.fail}</span>
 (${escaped(text.report.passMark(attempt.passMark))}), ${clockTime(usedMs)} ${escaped(text.report.used)}</p>
${domainChart(result, locale)}
${result.tasks.map((task) => taskSection(task, text, locale)).join('\n')}
<p class="why">${escaped(text.app.independent)}</p></body></html>
`;
}

function domainChart({ domains }: Result, locale: Locale): string {
  const row = 26;
  const bars = domains.map(({ title, weight, score }, i) => {
    const y = i * row;
    return `<text x="0" y="${y + 16}">${escaped(title[locale])} (${weight} %)</text><rect x="420" y="${y + 4}" width="300" height="14" fill="#8884"/><rect x="420" y="${y + 4}" width="${3 * score}" height="14" fill="${score >= 66 ? '#2e8b57' : '#c0392b'}"/><text x="730" y="${y + 16}">${percent(score)}</text>`;
  });
  return `<svg role="img" viewBox="0 0 800 ${domains.length * row}" width="100%">${bars.join('')}</svg>`;
}

function taskSection(task: TaskResult, text: Text, locale: Locale): string {
  const spent = task.visited ? text.report.minutes(Math.round(task.spentMs / 60_000), task.targetMinutes) : text.report.notReached;
  const checks = task.checks.map(({ title, outcome }) => {
    const why =
      outcome && !outcome.ok
        ? `<br><span class="why">${escaped(text.outcome.word(outcome))}${outcome.look ? ` <code>${escaped(outcome.look)}</code>` : ''}</span>`
        : '';
    return `<li>${outcome?.ok ? '✓' : '✗'} ${escaped(title[locale])}${why}</li>`;
  });
  return `<h2>${task.number}. ${escaped(task.title[locale])} <small>${points(task)} · ${escaped(spent)}</small></h2><ul>${checks.join('')}</ul>`;
}

const escaped = (value: string): string => value.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
