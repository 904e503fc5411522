import type { Text } from '../text/index.ts';
import type { Locale } from '../trainer/catalog/catalog.ts';
import type { Result } from '../trainer/history/result.ts';
import { htmlReport } from './html.ts';
import { markdownReport } from './markdown.ts';
import { textReport } from './text.ts';

export { bar, clockTime, percent } from './facts.ts';
export { pad, taskLines } from './text.ts';

export const reportFormats = ['text', 'json', 'md', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Words one attempt's result. */
export function report(result: Result, format: ReportFormat, text: Text, locale: Locale): string {
  switch (format) {
    case 'text':
      return `${textReport(result, text, locale)}\n`;
    case 'json':
      return `${JSON.stringify(result, null, 2)}\n`;
    case 'md':
      return markdownReport(result, text, locale);
    case 'html':
      return htmlReport(result, text, locale);
  }
}
