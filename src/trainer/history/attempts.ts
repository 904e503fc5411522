import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContentError } from '../content-error.ts';
import type { Attempt, Input } from '../session/attempt.ts';
import { readJournal } from '../session/journal.ts';
import type { Result } from './result.ts';
import { writeWhole } from './settings.ts';

/** The attempts on disk: `<data>/attempts/<id>/{attempt.json,journal.jsonl,result.json}`. */
export class Attempts {
  readonly folder: string;

  constructor(dataFolder: string) {
    this.folder = join(dataFolder, 'attempts');
  }

  journalPath(id: string): string {
    return join(this.folder, id, 'journal.jsonl');
  }

  journal(id: string): Input[] {
    return existsSync(this.journalPath(id)) ? readJournal(this.journalPath(id)) : [];
  }

  begin(attempt: Attempt): void {
    mkdirSync(join(this.folder, attempt.id), { recursive: true, mode: 0o700 });
    writeWhole(join(this.folder, attempt.id, 'attempt.json'), JSON.stringify(attempt));
  }

  finish(id: string, result: Result): void {
    writeWhole(join(this.folder, id, 'result.json'), JSON.stringify(result));
  }

  ids(): string[] {
    return readdirSync(this.folder)
      .filter((id) => existsSync(join(this.folder, id, 'attempt.json')))
      .sort();
  }

  attempt(id: string): Attempt {
    return this.#read(id, 'attempt.json') as Attempt;
  }

  result(id: string): Result | undefined {
    return existsSync(join(this.folder, id, 'result.json')) ? (this.#read(id, 'result.json') as Result) : undefined;
  }

  /** The newest attempt that was begun and not finished. */
  open(exam?: string): Attempt | undefined {
    return this.ids()
      .reverse()
      .filter((id) => !existsSync(join(this.folder, id, 'result.json')))
      .map((id) => this.attempt(id))
      .find((attempt) => attempt.kind === 'exam' && (!exam || attempt.exam === exam));
  }

  #read(id: string, file: string): unknown {
    const path = join(this.folder, id, file);
    try {
      return JSON.parse(readFileSync(path, 'utf8'));
    } catch {
      throw new ContentError(path, undefined, 'is damaged; delete its folder to forget the attempt');
    }
  }
}
