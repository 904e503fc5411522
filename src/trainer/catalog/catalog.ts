import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { ContentError } from '../content-error.ts';
import { type BlueprintFile, blueprintFile } from './blueprint-file.ts';
import { type ExerciseFile, exerciseFile } from './exercise-file.ts';

export type ExamId = 'cka' | 'ckad';
export type Locale = 'en' | 'ko';

export interface Exercise extends ExerciseFile {
  /** `<domain>/<slug>`: its folder below exercises/, and its grader's path below graders/. */
  readonly id: string;
  readonly folder: string;
}

export interface Blueprint extends BlueprintFile {
  readonly exam: ExamId;
}

/** All exercises and exams found below a folder, each read when asked for. */
export class Catalog {
  readonly root: string;
  #exercises = new Map<string, Exercise>();

  constructor(root: string) {
    this.root = root;
  }

  ids(): string[] {
    return folders(this.root)
      .filter((domain) => domain !== 'exams')
      .flatMap((domain) => folders(join(this.root, domain)).map((slug) => `${domain}/${slug}`))
      .filter((id) => existsSync(join(this.root, id, 'exercise.yaml')))
      .sort();
  }

  all(): Exercise[] {
    return this.ids().map((id) => this.exercise(id));
  }

  exercise(id: string): Exercise {
    const known = this.#exercises.get(id);
    if (known) return known;
    const folder = join(this.root, id);
    const exercise = { ...readYaml(join(folder, 'exercise.yaml'), exerciseFile), id, folder };
    this.#exercises.set(id, exercise);
    return exercise;
  }

  /** An exercise by its whole id or by its slug alone. */
  find(name: string): Exercise | undefined {
    const ids = this.ids();
    const id = ids.find((candidate) => candidate === name) ?? ids.find((candidate) => candidate.endsWith(`/${name}`));
    return id ? this.exercise(id) : undefined;
  }

  exams(): ExamId[] {
    return readdirSync(join(this.root, 'exams'))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.slice(0, -'.yaml'.length) as ExamId)
      .sort();
  }

  blueprint(exam: ExamId): Blueprint {
    return { ...readYaml(join(this.root, 'exams', `${exam}.yaml`), blueprintFile), exam };
  }

  forExam(exam: ExamId): Exercise[] {
    return this.all().filter((exercise) => exercise.exams[exam]);
  }
}

/** A file of an exercise's folder, or undefined where there is none. */
export function exerciseText(exercise: Exercise, name: string): string | undefined {
  const path = join(exercise.folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** The scripts in a folder of an exercise (`other-solutions`, `mistakes`), by file name. */
export function exerciseScripts(exercise: Exercise, folder: string): { name: string; text: string }[] {
  const path = join(exercise.folder, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.sh'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(path, name), 'utf8') }));
}

function folders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readYaml<T>(file: string, shape: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ContentError(file, undefined, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ContentError(file, issue?.path.join('.'), issue?.message ?? 'is not valid');
}
