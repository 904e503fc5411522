import { expect, it } from 'vitest';
import { worldAtRest } from './world-at-rest.ts';

it('lets the pods of a deleted job go', async () => {
  const { run } = await worldAtRest();
  await run('kubectl create job done --image=busybox -- true; kubectl create job busy --image=busybox -- sleep 600; sleep 5');
  expect(await run('kubectl delete job done busy; sleep 31; kubectl get pods')).toBe(
    'job.batch "done" deleted from default namespace\njob.batch "busy" deleted from default namespace\nNo resources found in default namespace.\n',
  );
});

it('frees the pods that a job leaves to themselves', async () => {
  const { run } = await worldAtRest();
  await run('kubectl create job done --image=busybox -- sleep 60; sleep 5; kubectl delete job done --cascade=orphan; sleep 5');
  expect(await run("kubectl get pods -o jsonpath='{.items[*].status.phase} {.items[*].metadata.finalizers}'")).toBe('Running ');
});
