import { isStatusError, qualified } from '../../../../api/machinery/status-error.ts';
import { messageOf } from '../../errors.ts';
import type { Info } from '../../resource/selection.ts';

export type EditMode = 'edit' | 'create' | 'last-applied';

/** Why the file must be edited again. */
export interface EditReason {
  readonly head: string;
  readonly other: readonly string[];
}

/** What came of one pass through the editor. */
export interface EditResults {
  readonly reasons: EditReason[];
  retryable: number;
  notFound: number;
  invalid: number;
}

export const emptyResults = (): EditResults => ({ reasons: [], retryable: 0, notFound: 0, invalid: 0 });

const introductions: Readonly<Record<EditMode, string>> = {
  edit: `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`,
  create: `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`,
  'last-applied': `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`,
};

/** The comment above the object: what to do, and what was wrong the last time. */
export function header(mode: EditMode, { reasons }: EditResults): string {
  const told = reasons.map(({ head, other }) => {
    const lines = other.map((line) => `# * ${commented(line)}\n`).join('');
    return `# ${commented(head)}${other.length > 0 ? ':' : ''}\n${lines}#\n`;
  });
  return introductions[mode] + told.join('');
}

/** Every line but the first gets its own comment sign. */
const commented = (text: string): string => text.replace(/\n(?=[^#])/g, '\n# ');

/** Takes note of a failure; the text is for standard error. */
export function noteFailure(results: EditResults, error: unknown, { mapping, name }: Info): string {
  const resource = `${qualified(mapping)} ${JSON.stringify(name)}`;
  if (isStatusError(error, 'Invalid')) {
    results.invalid++;
    const causes = error.status.details?.causes ?? [];
    results.reasons.push({ head: `${resource} was not valid`, other: causes.map((cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`) });
    return `error: ${resource} is invalid`;
  }
  if (isStatusError(error, 'NotFound')) {
    results.notFound++;
    return `error: ${resource} could not be found on the server`;
  }
  results.retryable++;
  return `error: ${resource} could not be patched: ${messageOf(error)}`;
}
