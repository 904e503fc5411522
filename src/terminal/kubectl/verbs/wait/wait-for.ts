import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError, notFound } from '../../../../api/machinery/status-error.ts';
import { resourcePath } from '../../client/mapper.ts';
import { watchEvents } from '../../client/watch.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { type Info, refetch } from '../../resource/selection.ts';
import type { Condition } from './conditions.ts';

export interface Patience {
  readonly deadline: number;
  /** 0: look once. */
  readonly timeout: number;
}

/** Resolves with the object as it was when the condition held. */
export async function waitFor(kubectl: Invocation, info: Info, condition: Condition, patience: Patience): Promise<KubeObject> {
  if (condition.kind === 'create') return info.object;
  if (condition.kind === 'delete') return waitForDeletion(kubectl, info, patience);
  const now = await refetch(kubectl, info);
  if (condition.holds(now)) return now;
  if (patience.timeout === 0) throw new UsageError(`condition not met for ${info.mapping.resource}/${info.name}`);
  const seen = await firstEvent(kubectl, info, now, patience, (type, object) => type === 'DELETED' || condition.holds(object));
  if (!seen) throw timedOut(info);
  if (seen.type === 'DELETED') throw notFound(info.mapping, info.name);
  return seen.object;
}

async function waitForDeletion(kubectl: Invocation, info: Info, patience: Patience): Promise<KubeObject> {
  const now = await present(kubectl, info);
  if (!now || now.metadata.uid !== info.object.metadata.uid) return info.object;
  if (patience.timeout === 0) throw new UsageError(`condition not met for ${info.mapping.resource}/${info.name}`);
  const seen = await firstEvent(kubectl, info, now, patience, (type) => type === 'DELETED');
  if (!seen) throw timedOut(info);
  return info.object;
}

async function present(kubectl: Invocation, info: Info): Promise<KubeObject | undefined> {
  try {
    return await refetch(kubectl, info);
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

const timedOut = ({ mapping, name }: Info): UsageError => new UsageError(`timed out waiting for the condition on ${mapping.resource}/${name}`);

type Wanted = (type: string, object: KubeObject) => boolean;

async function firstEvent(kubectl: Invocation, { mapping, namespace, name }: Info, now: KubeObject, { deadline }: Patience, wanted: Wanted) {
  const timer = new AbortController();
  const timeout = kubectl.process.clock.after(Math.max(0, deadline - kubectl.now), () => timer.abort());
  const query = { fieldSelector: `metadata.name=${name}`, resourceVersion: now.metadata.resourceVersion ?? '' };
  const signal = AbortSignal.any([timer.signal, kubectl.process.signal]);
  try {
    for await (const event of watchEvents(kubectl, resourcePath(mapping, namespace), query, {}, signal)) {
      if (event.type !== 'BOOKMARK' && wanted(event.type, event.object)) return event;
    }
    return undefined;
  } finally {
    timeout.cancel();
  }
}
