import { type Clock, isoMicroTime, isoTime, type Random } from '../../clock/index.ts';
import type { KubeObject } from '../machinery/object.ts';
import { isStatusError } from '../machinery/status-error.ts';
import type { Event as CoreEvent, ObjectReference } from '../schema/generated/types.ts';
import type { ApiClient, ResourceType } from './api-client.ts';
import { EventCorrelator } from './event-correlator.ts';
import { ConnectionError } from './transport.ts';

type Event = { readonly [K in keyof CoreEvent]: CoreEvent[K] };

const Events: ResourceType<Event> = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };

export interface EventRecorderOptions {
  readonly api: ApiClient;
  readonly clock: Clock;
  /** `source.component`, and `reportingComponent`. */
  readonly component: string;
  /** `source.host`: the node, for a kubelet. */
  readonly host?: string;
  /** `series`: as recorders of events.k8s.io/v1 (the scheduler) write; `count` (the default): as all others do. */
  readonly form?: 'count' | 'series';
}

export interface EventOptions {
  readonly action?: string;
  readonly related?: ObjectReference;
  /** `spec.containers{web}` */
  readonly fieldPath?: string;
}

export interface EventRecorder {
  event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, options?: EventOptions): void;
}

const RETRY_MS = 10_000;
const MAX_TRIES = 12;

export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { api, clock, component, host = '', form = 'count' } = options;
  const nextSuffix = nanosecondClock(clock, clock.random.fork(`events/${component}/${host}`));
  const correlator = new EventCorrelator(clock, form);

  const write = async (event: Event, tries = 1): Promise<void> => {
    try {
      await send(api, event, correlator);
    } catch (error) {
      if (!(error instanceof ConnectionError) || tries >= MAX_TRIES) return;
      clock.after(RETRY_MS, () => void write(event, tries + 1), { background: true });
    }
  };

  return {
    event: (about, type, reason, message, extra = {}) => {
      const made = newEvent(about, { type, reason, message, extra }, { ...options, suffix: nextSuffix() });
      const event = correlator.correlate(made);
      if (event) void write(event);
    },
  };
}

/** Counts up the event that is already there, or writes a first one. */
async function send(api: ApiClient, event: Event, correlator: EventCorrelator): Promise<void> {
  if ((event.count ?? 1) > 1 || event.series) {
    const { count, lastTimestamp, message, series } = event;
    const patch = event.series ? { series } : { count, lastTimestamp, message };
    try {
      await api.patch(Events, event.metadata.namespace ?? '', event.metadata.name ?? '', 'strategic', patch);
      return;
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) throw error;
      correlator.forget(event);
    }
  }
  await api.create(Events, event);
}

interface Said {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly extra: EventOptions;
}

function newEvent(about: KubeObject, said: Said, { clock, component, host, form, suffix }: EventRecorderOptions & { suffix: string }): Event {
  const now = clock.now();
  const { type, reason, message, extra } = said;
  const name = `${about.metadata.name ?? ''}.${suffix}`;
  const head = { apiVersion: 'v1', kind: 'Event', metadata: { name, namespace: about.metadata.namespace || 'default' } } as const;
  const involvedObject = referenceTo(about, extra.fieldPath);
  const body = { ...head, involvedObject, type, reason, message, ...(extra.related ? { related: extra.related } : {}) };
  if (form === 'series') {
    const action = extra.action ?? reason;
    return {
      ...body,
      action,
      eventTime: isoMicroTime(now),
      reportingComponent: component,
      reportingInstance: `${component}-${host ?? ''}`,
      source: {},
    };
  }
  const time = isoTime(now);
  const source = { component, ...(host ? { host } : {}) };
  return { ...body, source, count: 1, firstTimestamp: time, lastTimestamp: time, reportingComponent: component, reportingInstance: host ?? '' };
}

/** Names of events end in the time in nanoseconds: a millisecond's later events have later names. */
function nanosecondClock(clock: Clock, random: Random): () => string {
  let last = 0n;
  return () => {
    const now = BigInt(Math.trunc(clock.now())) * 1_000_000n;
    last = (now > last ? now : last) + BigInt(1 + random.int(1_000));
    return last.toString(16);
  };
}

function referenceTo({ apiVersion, kind, metadata }: KubeObject, fieldPath: string | undefined): ObjectReference {
  const { namespace, name, uid, resourceVersion } = metadata;
  return {
    kind,
    ...(namespace ? { namespace } : {}),
    ...(name ? { name } : {}),
    ...(uid ? { uid } : {}),
    apiVersion,
    ...(resourceVersion ? { resourceVersion } : {}),
    ...(fieldPath ? { fieldPath } : {}),
  };
}
