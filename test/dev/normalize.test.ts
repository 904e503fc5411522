import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readCases } from '../../src/dev/golden/case-file.ts';
import { keptBy, normalize } from '../../src/dev/golden/normalize.ts';

const folder = resolve(import.meta.dirname, '../golden');
const cases = readCases(folder);

test('every recorded transcript can be read', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  expect(cases.length).toBe(files.length);
  expect(readFileSync(join(folder, files[0] ?? ''), 'utf8')).toContain('source: Kubernetes v1.36.2');
});

test.each(cases.map((golden) => [golden.file, golden] as const))('normalising twice changes nothing: %s', (_, golden) => {
  const kept = keptBy(golden);
  for (const { stdout, stderr } of golden.steps) {
    for (const text of [stdout, stderr]) expect(normalize(normalize(text, kept), kept)).toBe(normalize(text, kept));
  }
});
