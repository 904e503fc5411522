import { expect, it } from 'vitest';
import { worldAtRest } from './world-at-rest.ts';

it('gives a pod with a subdomain its full name', async () => {
  const { run } = await worldAtRest();
  await run(`kubectl run a --image=busybox --overrides='{"spec":{"hostname":"web-0","subdomain":"web"}}' -- sleep 600; sleep 5`);
  expect(await run('kubectl exec a -- hostname -f; kubectl exec a -- hostname')).toBe('web-0.web.default.svc.cluster.local\nweb-0\n');
});
