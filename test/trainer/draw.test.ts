import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Blueprint, Catalog, type Exercise } from '../../src/trainer/catalog/catalog.ts';
import { drawExam } from '../../src/trainer/exam/draw.ts';

const blueprint: Blueprint = new Catalog(resolve(import.meta.dirname, '../../exercises')).blueprint('cka');

const pool = (perDomain: number): Exercise[] =>
  blueprint.domains.flatMap(({ id }) =>
    Array.from({ length: perDomain }, (_, i) => ({ id: `${id}/${i}`, folder: '', minutes: 4 + i, exams: { cka: id } }) as unknown as Exercise),
  );

const perDomain = (tasks: readonly { domain: string }[]) => blueprint.domains.map(({ id }) => tasks.filter(({ domain }) => domain === id).length);

test('the same seed draws the same exam, another seed another', () => {
  expect(drawExam(blueprint, pool(9), 7)).toEqual(drawExam(blueprint, pool(9), 7));
  expect(drawExam(blueprint, pool(9), 7)).not.toEqual(drawExam(blueprint, pool(9), 8));
});

test.each([
  [16, 9, [5, 4, 3, 2, 2]],
  [6, 9, [2, 1, 1, 1, 1]],
  [1, 9, [1, 0, 0, 0, 0]],
  [16, 2, [2, 2, 2, 2, 2]],
])('%i tasks from %i a domain are shared by weight', (count, each, shares) => {
  expect(perDomain(drawExam(blueprint, pool(each), 3, count))).toEqual(shares);
});

test.each([1, 6, 16])('the weights of %i tasks add up to 100', (count) => {
  const tasks = drawExam(blueprint, pool(9), 11, count);
  expect(tasks.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
});
