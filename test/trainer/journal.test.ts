import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JournalFile, readJournal } from '../../src/trainer/session/journal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeproctor-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was appended is read back; a line cut short by a crash is dropped', () => {
  const path = join(folder, 'journal.jsonl');
  const journal = new JournalFile(path);
  journal.append({ t: 1, type: 'keys', data: 'ls\r' });
  journal.append({ t: 2, type: 'flag', task: 3, on: true });
  journal.close();
  appendFileSync(path, '{"t":3,"type":"ke');
  expect(readJournal(path)).toEqual([
    { t: 1, type: 'keys', data: 'ls\r' },
    { t: 2, type: 'flag', task: 3, on: true },
  ]);
  expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);
});

test('damage in the middle is named', () => {
  const path = join(folder, 'journal.jsonl');
  writeFileSync(path, '{"t":1}\nnonsense\n{"t":2}\n');
  expect(() => readJournal(path)).toThrow(`${path}: line 2: is damaged`);
});
