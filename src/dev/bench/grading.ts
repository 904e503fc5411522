import { resolve } from 'node:path';
import { Catalog } from '../../trainer/catalog/catalog.ts';
import { gradeTrial, prepareTrial } from '../../trainer/exam/try-script.ts';
import { cpuOf, type Measure, repeat } from './measure.ts';

const catalog = new Catalog(resolve(import.meta.dirname, '../../../exercises'));

/** Preparing and grading one task. */
export async function benchGrading(): Promise<Measure[]> {
  const exercise = catalog.exercise('troubleshooting/service-answers-nobody');
  const prepared = await prepareTrial(exercise, 1);
  return [
    { what: 'preparing one task', unit: 'ms CPU', values: await repeat(3, () => cpuOf(() => prepareTrial(exercise, 1))) },
    { what: 'grading one task', unit: 'ms CPU', values: await repeat(5, () => cpuOf(() => gradeTrial(prepared))) },
  ];
}
