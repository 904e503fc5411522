import { selects } from '../../../api/machinery/labels.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { badRequest, forbidden, StatusError } from '../../../api/machinery/status-error.ts';
import type { Eviction, Pod, PodDisruptionBudget } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import { decodeAs } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { commitUpdate } from '../verbs/commit.ts';
import { removeObject } from '../verbs/delete.ts';
import { stored } from '../verbs/read.ts';

type Budget = KubeObject & PodDisruptionBudget;

/** Deletes a pod if its disruption budget allows. */
export function evictPod(context: ServerContext, rr: ResourceRequest): Result {
  const eviction = decodeAs(rr, { group: 'policy', version: 'v1', kind: 'Eviction' }) as unknown as Eviction;
  if (eviction.metadata?.name !== rr.info.name) throw badRequest('name in URL does not match name in Eviction object');
  const pod = stored(context, rr) as KubeObject & Pod;
  if (!ignoresBudget(pod)) {
    const many = takeFromBudget(context, rr, pod);
    if (many) return { shape: 'raw', status: 500, body: many };
  }
  const marked = rr.dryRun ? pod : commitUpdate(context, rr, withDisruptionTarget(pod, isoTime(context.clock.now())), pod);
  removeObject(context, rr, marked, eviction.deleteOptions ?? {});
  return { shape: 'raw', status: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
}

const ignoresBudget = ({ metadata, status }: Pod): boolean =>
  ['Succeeded', 'Failed', 'Pending'].includes(status?.phase ?? '') || metadata.deletionTimestamp !== undefined;

const isReady = ({ status }: Pod): boolean => (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');

/** Takes one disruption from the pod's budget; returns a Status where two budgets cover it. */
function takeFromBudget(context: ServerContext, rr: ResourceRequest, pod: KubeObject & Pod): object | undefined {
  const all = context.store.list('policy/poddisruptionbudgets', rr.info.namespace) as unknown as readonly Budget[];
  const [budget, ...more] = all.filter(({ spec }) => selects(spec?.selector, pod.metadata.labels));
  if (!budget) return undefined;
  if (more.length > 0) {
    const message = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 };
  }
  if (!isReady(pod) && mayEvictUnready(budget)) return undefined;
  requireAllowed(budget);
  if (rr.dryRun) return undefined;
  const { status } = budget;
  const disruptedPods = { ...status?.disruptedPods, [rr.info.name]: isoTime(context.clock.now()) };
  context.store.update('policy/poddisruptionbudgets', {
    ...budget,
    status: { ...status, disruptionsAllowed: (status?.disruptionsAllowed ?? 1) - 1, disruptedPods },
  });
  return undefined;
}

function mayEvictUnready({ spec, status }: Budget): boolean {
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const desired = status?.desiredHealthy ?? 0;
  return (status?.currentHealthy ?? 0) >= desired && desired > 0;
}

function requireAllowed({ metadata, status }: Budget): void {
  const name = metadata.name ?? '';
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
    throw tooMany(
      "Cannot evict pod as it would violate the pod's disruption budget.",
      `The disruption budget ${name} is still being processed by the server.`,
      10,
    );
  }
  const allowed = status?.disruptionsAllowed ?? 0;
  if (allowed < 0) throw forbidden({ group: 'policy', resource: 'poddisruptionbudget' }, name, 'pdb disruptions allowed is negative');
  if (allowed > 0) return;
  const [current, desired] = [status?.currentHealthy ?? 0, status?.desiredHealthy ?? 0];
  const why =
    current <= desired
      ? `The disruption budget ${name} needs ${desired} healthy pods and has ${current} currently`
      : `The disruption budget ${name} does not allow evicting pods currently`;
  throw tooMany("Cannot evict pod as it would violate the pod's disruption budget.", why, 0);
}

const tooMany = (message: string, why: string, retryAfterSeconds: number): StatusError =>
  new StatusError({
    code: 429,
    reason: 'TooManyRequests',
    message,
    details: { causes: [{ reason: 'DisruptionBudget', message: why }], ...(retryAfterSeconds ? { retryAfterSeconds } : {}) },
  });

function withDisruptionTarget(pod: KubeObject & Pod, now: string): KubeObject {
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'DisruptionTarget');
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: now,
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  return { ...pod, status: { ...pod.status, conditions: [...others, condition] } };
}
