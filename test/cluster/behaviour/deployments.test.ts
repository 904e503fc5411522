import { expect, it } from 'vitest';
import { worldAtRest } from './world-at-rest.ts';

it('gives a rollout up after its deadline, scales both sets in proportion, and goes back', async () => {
  const { run } = await worldAtRest();
  await run(`kubectl create deploy x --image=nginx --replicas=4; kubectl patch deploy x -p '{"spec":{"progressDeadlineSeconds":30}}'; sleep 9`);
  expect(await run('kubectl set image deploy/x nginx=nginx:nope-9; kubectl rollout status deploy/x')).toBe(
    'deployment.apps/x image updated\nWaiting for deployment "x" rollout to finish: 2 out of 4 new replicas have been updated...\n' +
      'error: deployment "x" exceeded its progress deadline\n',
  );
  const progress = `kubectl get deploy x -o jsonpath='{.status.conditions[?(@.type=="Progressing")].message}'`;
  expect(await run(progress)).toMatch(/^ReplicaSet "x-[a-z0-9]+" has timed out progressing\.$/);
  const sizes = "kubectl get rs -o jsonpath='{.items[*].spec.replicas}'";
  expect(await run(`kubectl scale deploy x --replicas=10 >/dev/null; sleep 5; ${sizes}`)).toBe('8 5');
  expect(await run(`kubectl rollout undo deploy/x >/dev/null; sleep 9; ${sizes}`)).toBe('10 0');
});
