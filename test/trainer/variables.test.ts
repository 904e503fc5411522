import { expect, test } from 'vitest';
import { drawVariables, fill, missingVariables } from '../../src/trainer/catalog/variables.ts';

const exercise = {
  id: 'a/b',
  vars: { ns: ['orion', 'lyra'], replicas: { from: 2, to: 4 }, size: { from: 10, to: 30, step: 10 }, full: '{{ns}}-db' },
};

test('the same seed draws the same values', () => expect(drawVariables(exercise, 5)).toEqual(drawVariables(exercise, 5)));

test('values stay in their ranges and build on one another', () => {
  for (let seed = 0; seed < 50; seed++) {
    const { ns, replicas, size, full } = drawVariables(exercise, seed);
    expect(['orion', 'lyra']).toContain(ns);
    expect(['2', '3', '4']).toContain(replicas);
    expect(['10', '20', '30']).toContain(size);
    expect(full).toBe(`${ns}-db`);
  }
});

test('placeholders are filled, unknown ones are left and found', () => {
  expect(fill('kubectl -n {{ns}} get {{ what }} {{x}}', { ns: 'a', what: 'b' })).toBe('kubectl -n a get b {{x}}');
  expect(missingVariables('{{ns}} {{x}}', { ns: 'a' })).toEqual(['x']);
});
