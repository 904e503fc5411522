import type { Bilingual } from '../catalog/exercise-file.ts';
import type { Outcome } from '../grading/index.ts';
import type { Attempt } from '../session/attempt.ts';

/** What became of an attempt: facts only, enough to word a report in any language without the exercises. */
export interface Result {
  readonly version: 1;
  readonly attempt: Attempt;
  readonly finishedAt: string;
  readonly usedMs: number;
  readonly timedOut: boolean;
  /** 0 to 100, to one decimal. */
  readonly score: number;
  readonly passed: boolean;
  readonly domains: readonly DomainResult[];
  readonly tasks: readonly TaskResult[];
}

export interface DomainResult {
  readonly id: string;
  readonly title: Bilingual;
  /** Per cent of the exam's blueprint. */
  readonly weight: number;
  readonly tasks: number;
  /** 0 to 100. */
  readonly score: number;
}

export interface TaskResult {
  readonly number: number;
  readonly exercise: string;
  readonly title: Bilingual;
  readonly domain: string;
  readonly host: string;
  readonly weight: number;
  readonly targetMinutes: number;
  readonly spentMs: number;
  readonly visited: boolean;
  readonly flagged: boolean;
  /** Share of the task's checks by their weights, 0 to 1. */
  readonly share: number;
  readonly checks: readonly CheckReport[];
}

export interface CheckReport {
  readonly id: string;
  readonly title: Bilingual;
  readonly weight: number;
  /** Absent when the task was never begun. */
  readonly outcome?: Outcome;
}
