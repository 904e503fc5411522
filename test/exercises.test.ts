import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gateMistakes, gateSolutions, gateUntouched } from '../src/dev/lint/gates.ts';
import { lintExercise, lintStrayGraders } from '../src/dev/lint/lint-exercise.ts';
import { Catalog } from '../src/trainer/catalog/catalog.ts';

const catalog = new Catalog(resolve(import.meta.dirname, '../exercises'));
const SEEDS = [1, 7];

test('every grader belongs to an exercise', () => expect(lintStrayGraders(catalog)).toEqual([]));

describe.each(catalog.ids())('%s', (id) => {
  test('is well formed', async () => expect(await lintExercise(catalog, id)).toEqual([]));

  test('earns nothing untouched; grading changes nothing', async () => expect(await gateUntouched(catalog.exercise(id), 1)).toEqual([]));

  test.each(SEEDS)('solutions earn every point (seed %i)', async (seed) => expect(await gateSolutions(catalog.exercise(id), seed)).toEqual([]));

  test('each near miss loses exactly its check', async () => expect(await gateMistakes(catalog.exercise(id), 1)).toEqual([]));
});
