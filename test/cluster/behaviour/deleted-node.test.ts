import { expect, it } from 'vitest';
import { worldAtRest } from './world-at-rest.ts';

it('collects the pods of a node that was deleted, which stays away', async () => {
  const { run } = await worldAtRest();
  await run(`kubectl run a --image=nginx --overrides='{"spec":{"nodeName":"node02"}}'; sleep 5; kubectl delete node node02; sleep 400`);
  expect(await run('kubectl get nodes -o name; kubectl get pods')).toBe('node/controlplane\nnode/node01\nNo resources found in default namespace.\n');
});
