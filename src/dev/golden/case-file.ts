import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ContentError } from '../../trainer/content-error.ts';

const step = z.strictObject({
  run: z.string(),
  /** Seconds of cluster time to let pass before the command. */
  settle: z.number().optional(),
  exit: z.int().optional(),
  stdout: z.string().default(''),
  stderr: z.string().default(''),
  compare: z.boolean().default(true),
});

const caseFile = z.strictObject({
  title: z.string(),
  source: z.string(),
  setup: z.array(z.union([z.string(), step])).default([]),
  keep: z.array(z.string()).default([]),
  files: z.record(z.string(), z.string()).default({}),
  steps: z.array(step),
});

export type GoldenStep = z.infer<typeof step>;
export type GoldenCase = z.infer<typeof caseFile> & { readonly file: string };

/** Every transcript below a folder, in the order of their paths. */
export function readCases(folder: string): GoldenCase[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    if (statSync(folder, { throwIfNoEntry: false })?.isFile()) return [readCase(folder, folder)];
    throw new ContentError(folder, undefined, 'there is no such folder of transcripts');
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => readCase(join(folder, file), relative('.', join(folder, file))));
}

function readCase(path: string, file: string): GoldenCase {
  const result = caseFile.safeParse(parse(readFileSync(path, 'utf8')));
  if (result.success) return { ...result.data, file };
  const [issue] = result.error.issues;
  throw new ContentError(path, issue?.path.join('.'), issue?.message ?? 'is not a transcript');
}
