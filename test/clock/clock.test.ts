import { expect, test } from 'vitest';
import { ClockGroup, Random, VirtualClock } from '../../src/clock/index.ts';

test('timers run in the order of their instants, then in the order they were set', async () => {
  const clock = new VirtualClock({ start: 0, seed: 1 });
  const seen: string[] = [];
  clock.after(20, () => seen.push(`c@${clock.now()}`));
  clock.after(10, () => seen.push(`a@${clock.now()}`));
  clock.after(10, () => {
    seen.push(`b@${clock.now()}`);
    clock.after(0, () => seen.push(`b2@${clock.now()}`));
  });
  clock.after(30, () => seen.push('cancelled')).cancel();
  await clock.advance(50);
  expect([seen, clock.now()]).toEqual([['a@10', 'b@10', 'b2@10', 'c@20'], 50]);
});

test('settle waits for the foreground only, and no longer than its limit', async () => {
  const clock = new VirtualClock({ start: 0, seed: 1 });
  const beat = () => clock.after(1_000, beat, { background: true });
  beat();
  clock.after(3_000, () => undefined);
  expect([await clock.settle({ quiet: 5_000 }), clock.now()]).toEqual([true, 3_000]);
  const busy = () => clock.after(1_000, busy);
  busy();
  expect([await clock.settle({ quiet: 5_000, limit: 10_000 }), clock.now()]).toEqual([false, 13_000]);
});

test('runUntil gives the value, or undefined when nothing can bring it', async () => {
  const clock = new VirtualClock({ start: 0, seed: 1 });
  expect(await clock.runUntil(clock.sleep(500).then(() => 'done'))).toEqual({ value: 'done' });
  expect(await clock.runUntil(new Promise(() => undefined))).toBeUndefined();
});

test('a sleep ends with the reason of its signal', async () => {
  const clock = new VirtualClock({ start: 0, seed: 1 });
  const abort = new AbortController();
  const sleeping = clock.sleep(1_000, abort.signal);
  abort.abort('enough');
  await expect(sleeping).rejects.toBe('enough');
});

test('a group keeps its clocks in step, and stands still while something is held', async () => {
  const [a, b] = [new VirtualClock({ start: 0, seed: 1 }), new VirtualClock({ start: 0, seed: 2 })];
  const group = new ClockGroup(100);
  await group.add(a);
  await group.add(b);
  const seen: string[] = [];
  a.after(20, () => seen.push(`a ${b.now()}`));
  b.after(10, () => {
    seen.push(`b ${a.now()}`);
    void group.hold(new Promise((resolve) => setTimeout(resolve, 5)).then(() => seen.push('held')));
  });
  await group.advanceTo(200);
  expect([seen, a.now(), b.now()]).toEqual([['b 110', 'held', 'a 120'], 200, 200]);
});

test('the same seed gives the same chance', () => {
  const draw = (random: Random) => [random.suffix(), random.uuid(), random.int(100), random.fork('x').hex(8)];
  expect(draw(new Random('seed'))).toEqual(draw(new Random('seed')));
  expect(draw(new Random('seed'))).not.toEqual(draw(new Random('other')));
});
