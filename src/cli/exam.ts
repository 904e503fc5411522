import { beginExam, freshSeed } from '../trainer/exam/begin.ts';
import type { Application } from '../tui/application.ts';
import { CliError } from './errors.ts';
import { atMost, examArgument, localeOption, oneOf, readOptions, wholeNumber } from './options.ts';
import { openApplication } from './screen.ts';

/** Sits a mock exam, or goes on with the one that is open. */
export async function exam(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, {
    seed: { type: 'string' },
    tasks: { type: 'string' },
    minutes: { type: 'string' },
    profile: { type: 'string' },
    lang: { type: 'string' },
    resume: { type: 'boolean' },
  });
  atMost(positionals, 1);
  const locale = localeOption(values.lang);
  const choices = {
    seed: wholeNumber('seed', values.seed) ?? freshSeed(),
    tasks: wholeNumber('tasks', values.tasks, { from: 1, to: 40 }),
    minutes: wholeNumber('minutes', values.minutes, { from: 1, to: 600 }),
    profile: oneOf('profile', values.profile, ['strict', 'practice'] as const) ?? 'strict',
  };
  const id = values.resume && positionals[0] === undefined ? undefined : examArgument(positionals[0]);
  return openApplication(async (app) => {
    if (locale) app.settings = { ...app.settings, locale };
    if (values.resume) return resume(app, id);
    if (!id) return;
    const { tasks, minutes, ...rest } = choices;
    const attempt = beginExam(app.catalog, {
      ...rest,
      exam: id,
      locale: app.locale,
      editor: app.settings.editor,
      now: new Date(),
      ...(tasks ? { tasks } : {}),
      ...(minutes ? { minutes } : {}),
    });
    return app.enter(attempt);
  });
}

function resume(app: Application, id: string | undefined): Promise<void> {
  const open = app.attempts.open(id);
  if (!open) throw new CliError('there is no open exam to resume; `kubeproctor exam cka` starts one');
  app.settings = { ...app.settings, locale: open.locale };
  return app.resume(open);
}
