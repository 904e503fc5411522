import type { ExamId, Locale } from '../catalog/catalog.ts';

export type Profile = 'strict' | 'practice';

/** What was decided when an attempt began; with the journal of its inputs it is the whole attempt. */
export interface Attempt {
  readonly version: 1;
  /** Sortable, and the name of its folder: `20261121-093000-cka-7`. */
  readonly id: string;
  readonly kind: 'exam' | 'drill';
  readonly exam: ExamId;
  readonly seed: number;
  readonly profile: Profile;
  readonly locale: Locale;
  /** ISO 8601; also the instant at which the worlds' time begins. */
  readonly startedAt: string;
  readonly minutes: number;
  readonly passMark: number;
  readonly editor: 'own' | 'built-in';
  readonly tasks: readonly AttemptTask[];
}

export interface AttemptTask {
  readonly exercise: string;
  readonly domain: string;
  /** Per cent of the whole. */
  readonly weight: number;
  /** Where the task is done: `ssh <host>`. */
  readonly host: string;
}

/** Everything that ever enters an attempt, `t` being milliseconds since it began. */
export type Input = { readonly t: number } & (
  | { readonly type: 'keys'; readonly data: string }
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly type: 'visit'; readonly task: number }
  | { readonly type: 'flag'; readonly task: number; readonly on: boolean }
  | { readonly type: 'notes'; readonly text: string }
  /** The user's own editor was left with these contents (null: not saved). */
  | { readonly type: 'edited'; readonly text: string | null; readonly code: number }
  | { readonly type: 'tick' }
  | { readonly type: 'finish' }
);
