import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { Catalog } from '../../src/trainer/catalog/catalog.ts';
import { beginExam } from '../../src/trainer/exam/begin.ts';
import { gradeAttempt } from '../../src/trainer/exam/grade-attempt.ts';
import type { Attempt, Input } from '../../src/trainer/session/attempt.ts';
import { Session } from '../../src/trainer/session/session.ts';

const catalog = new Catalog(resolve(import.meta.dirname, '../../exercises'));

const attempt: Attempt = beginExam(catalog, {
  exam: 'cka',
  seed: 7,
  tasks: 2,
  minutes: 20,
  profile: 'strict',
  locale: 'en',
  editor: 'built-in',
  now: new Date('2026-11-21T09:00:00Z'),
});

const host = attempt.tasks[0]?.host ?? '';
const SIZE = { columns: 100, rows: 30 };

const inputs: Input[] = [
  { t: 1_000, type: 'keys', data: `ssh ${host}\r` },
  {
    t: 5_000,
    type: 'keys',
    data: 'kubectl create namespace made-by-me; kubectl create deployment web --image=nginx:1.27 --replicas=2 -n made-by-me\r',
  },
  { t: 9_000, type: 'flag', task: 1, on: true },
  { t: 12_345, type: 'keys', data: 'kubectl -n made-by-me get pods\r' },
  { t: 60_000, type: 'visit', task: 1 },
  { t: 90_000, type: 'notes', text: 'come back' },
];

async function replay(): Promise<{ session: Session; objects: unknown; screen: string }> {
  const session = await Session.open(catalog, attempt, SIZE, '');
  let screen = '';
  session.terminal.onOutput((text) => {
    screen += text;
  });
  for (const input of inputs) await session.feed(input);
  const { world } = await session.world(0);
  const all = ['/api/v1/pods', '/apis/apps/v1/deployments', '/apis/apps/v1/replicasets', '/api/v1/services', '/api/v1/events'];
  const objects = await Promise.all(all.map(async (path) => (await world.cluster.admin()({ method: 'GET', path })).body));
  return { session, objects, screen };
}

test('the same inputs make the same world, byte for byte, and the same screen', async () => {
  const [first, second] = [await replay(), await replay()];
  expect(JSON.stringify(second.objects)).toBe(JSON.stringify(first.objects));
  expect(second.screen).toBe(first.screen);
  expect(first.screen).toMatch(/web-[a-z0-9]+-[a-z0-9]{5} +1\/1 +Running/);
});

test('flags, notes, visits and time are what the inputs say', async () => {
  const { session } = await replay();
  expect(session.tasks.map(({ visited, flagged }) => [visited, flagged])).toEqual([
    [true, false],
    [true, true],
  ]);
  expect([session.notes, session.current, session.elapsed(), session.remaining(), session.spent(0), session.spent(1)]).toEqual([
    'come back',
    1,
    90_000,
    1_110_000,
    60_000,
    30_000,
  ]);
});

test('a task whose host was never entered is not reached; an untouched one earns nothing', async () => {
  const { session } = await replay();
  await session.feed({ t: 95_000, type: 'finish' });
  const result = await gradeAttempt(catalog, session);
  expect(result.tasks.map(({ share, checks }) => [share, checks.every(({ outcome }) => outcome !== undefined)])).toEqual([
    [0, true],
    [0, false],
  ]);
  expect([result.score, result.passed, result.usedMs]).toEqual([0, false, 95_000]);
});
