import { ageOf } from '../../../../../api/machinery/duration.ts';
import type { KubeObject } from '../../../../../api/machinery/object.ts';
import type { Event } from '../../../../../api/schema/generated/types.ts';
import type { Look } from '../describer.ts';
import type { Writer } from '../writer.ts';

/** The events about an object; `kind` and `uid` narrow the search where they are given. */
export async function eventsAbout(
  look: Look,
  about: { name: string; namespace: string; kind?: string | undefined; uid?: string | undefined },
): Promise<readonly Event[]> {
  const terms = [
    `involvedObject.name=${about.name}`,
    `involvedObject.namespace=${about.namespace}`,
    ...(about.kind ? [`involvedObject.kind=${about.kind}`] : []),
    ...(about.uid ? [`involvedObject.uid=${about.uid}`] : []),
  ];
  const path = about.namespace ? `/api/v1/namespaces/${about.namespace}/events` : '/api/v1/events';
  try {
    const list = await look.kubectl.api.get(path, { fieldSelector: terms.join(',') });
    return list.items as unknown as readonly Event[];
  } catch (error) {
    if (error instanceof Error && error.name !== 'Killed') return [];
    throw error;
  }
}

export const eventsOf = (look: Look, { kind, metadata }: KubeObject): Promise<readonly Event[]> =>
  eventsAbout(look, { name: metadata.name ?? '', namespace: metadata.namespace ?? '', kind, uid: metadata.uid });

export function describeEvents(w: Writer, events: readonly Event[], now: number): void {
  if (events.length === 0) {
    w.line(0, 'Events:', '<none>');
    return;
  }
  w.line(0, 'Events:');
  w.line(1, 'Type', 'Reason', 'Age', 'From', 'Message');
  w.line(1, '----', '------', '----', '----', '-------');
  const when = (event: Event) => (event.lastTimestamp ? Date.parse(event.lastTimestamp) : Number.NEGATIVE_INFINITY);
  for (const event of [...events].sort((a, b) => compare(when(a), when(b)))) {
    const message = (event.message ?? '').trim();
    const field = event.involvedObject?.fieldPath;
    w.line(
      1,
      event.type,
      event.reason,
      interval(event, now),
      event.source?.component || event.reportingComponent,
      field ? `${field}: ${message}` : message,
    );
  }
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** `5m (x3 over 10m)`. */
export function interval(event: Event, now: number): string {
  const first = ageOf(event.eventTime ?? event.firstTimestamp ?? undefined, now);
  if (event.series) return `${ageOf(event.series.lastObservedTime ?? undefined, now)} (x${event.series.count} over ${first})`;
  return (event.count ?? 0) > 1 ? `${ageOf(event.lastTimestamp ?? undefined, now)} (x${event.count} over ${first})` : first;
}
