import { expect, it } from 'vitest';
import { worldAtRest } from './world-at-rest.ts';

it('forgets an event an hour after it was last written', async () => {
  const { run, clock } = await worldAtRest();
  const count = async () => Number(await run('kubectl get events --no-headers 2>/dev/null | grep -c pod/p || true'));
  await run('kubectl run p --image=nginx; sleep 5');
  expect(await count()).toBe(5);
  await clock.advance(3_590_000);
  expect(await count()).toBe(5);
  await clock.advance(20_000);
  expect(await count()).toBe(0);
});
