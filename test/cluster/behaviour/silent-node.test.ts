import { expect, it } from 'vitest';
import type { Kubelet } from '../../../src/cluster/kubelet/kubelet.ts';
import { worldAtRest } from './world-at-rest.ts';

const TOLERANT =
  '{"spec":{"nodeName":"node01","tolerations":[{"key":"node.kubernetes.io/unreachable","effect":"NoExecute","tolerationSeconds":20}]}}';
const NODES = 'kubectl get nodes --no-headers | cut -c1-30';
const TAINTS = `kubectl get node node01 -o jsonpath='{range .spec.taints[*]}{.key}:{.effect}{"\\n"}{end}'`;
const READY = `kubectl get node node01 -o jsonpath='{range .status.conditions[?(@.type=="Ready")]}{.status} {.reason} {.message}{end}'`;
const PODS = 'kubectl get pods --no-headers -o custom-columns=:.metadata.name,:.status.phase,:.metadata.deletionTimestamp';

it('gives a silent node up, evicts its pods, and takes it back', async () => {
  const { run, clock, cluster } = await worldAtRest();
  await run(
    `kubectl run soon --image=nginx --overrides='${TOLERANT}'; kubectl run late --image=nginx --overrides='{"spec":{"nodeName":"node01"}}'; sleep 5`,
  );
  const kubelet = cluster.nodes.get('node01')?.facilities.get('kubelet') as Kubelet;
  kubelet.stop();
  await clock.advance(30_000);
  const seen = [await run(NODES)];
  await clock.advance(20_000);
  seen.push(await run(NODES), await run(READY), await run(TAINTS));
  await clock.advance(25_000);
  seen.push(await run(PODS));
  await clock.advance(300_000);
  seen.push(await run(PODS));
  void kubelet.start();
  await clock.advance(60_000);
  seen.push(await run(NODES), await run(TAINTS), await run(PODS));
  expect(seen).toMatchInlineSnapshot(`
    [
      "controlplane   Ready   control
    node01         Ready   <none> 
    node02         Ready   <none> 
    ",
      "controlplane   Ready      cont
    node01         NotReady   <non
    node02         Ready      <non
    ",
      "Unknown NodeStatusUnknown Kubelet stopped posting node status.",
      "node.kubernetes.io/unreachable:NoSchedule
    node.kubernetes.io/unreachable:NoExecute
    ",
      "late   Running   <none>
    soon   Running   2026-11-20T00:01:40Z
    ",
      "late   Running   2026-11-20T00:06:20Z
    soon   Running   2026-11-20T00:01:40Z
    ",
      "controlplane   Ready   control
    node01         Ready   <none> 
    node02         Ready   <none> 
    ",
      "",
      "",
    ]
  `);
});
