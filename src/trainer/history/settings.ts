import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ContentError } from '../content-error.ts';

const settingsFile = z.strictObject({
  locale: z.enum(['en', 'ko']).default('en'),
  /** `own`: $EDITOR on a temporary copy; `built-in`: the trainer's own vi and nano. */
  editor: z.enum(['own', 'built-in']).default('own'),
  exam: z.enum(['cka', 'ckad']).optional(),
  /** The day of the real exam, YYYY-MM-DD. */
  examDate: z.iso.date().optional(),
  layout: z.enum(['split', 'task', 'terminal']).default('split'),
});

export type Settings = z.infer<typeof settingsFile>;

export const defaultSettings: Settings = settingsFile.parse({});

const fileIn = (folder: string) => join(folder, 'settings.json');

/** The user's settings; `undefined` on the first run. */
export function readSettings(folder: string): Settings | undefined {
  const file = fileIn(folder);
  if (!existsSync(file)) return undefined;
  const parsed = settingsFile.safeParse(parseJson(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ContentError(file, issue?.path.join('.'), `${issue?.message ?? 'is not valid'}; mend it or delete the file`);
  }
  return parsed.data;
}

export function writeSettings(folder: string, settings: Settings): void {
  writeWhole(fileIn(folder), `${JSON.stringify(settings, null, 2)}\n`);
}

/** Replaces a file at one stroke, so that a crash leaves the old or the new one. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.new`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, file);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new ContentError(file, undefined, 'is not JSON; mend it or delete the file');
  }
}
