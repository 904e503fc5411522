import { expect, it } from 'vitest';
import { worldAtRest } from './world-at-rest.ts';

const MANIFEST = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: c}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  terminationGracePeriodSeconds: 0
  volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]
  containers: [{name: c, image: busybox, command: [sleep, '9999'], volumeMounts: [{name: v, mountPath: /d}]}]
`;
const apply = `kubectl apply -f - <<E\n${MANIFEST}\nE\nkubectl wait --for=condition=Ready pod/p`;
const FOLDERS = '/opt/local-path-provisioner';

it.each([
  ['Delete', 0],
  ['Retain', 1],
])('provisions a volume on the node of its first pod, and at the end: %s', async (policy, left) => {
  const { run, cluster } = await worldAtRest({ storageClass: 'local-path' });
  await run(`${apply}; kubectl exec p -- sh -c 'echo kept > /d/f'; kubectl delete pod p; ${apply}`);
  expect(await run('kubectl exec p -- cat /d/f')).toBe('kept\n');
  const node = cluster.nodes.get((await run("kubectl get pod p -o jsonpath='{.spec.nodeName}'")).trim());
  expect(node?.files.list(FOLDERS)).toHaveLength(1);
  await run(`kubectl patch $(kubectl get pv -o name) -p '{"spec":{"persistentVolumeReclaimPolicy":"${policy}"}}'`);
  await run('kubectl delete pod p; kubectl delete pvc c; sleep 5');
  expect(node?.files.list(FOLDERS)).toHaveLength(left);
  expect(await run("kubectl get pv -o jsonpath='{.items[*].status.phase}'")).toBe(left ? 'Released' : '');
});
