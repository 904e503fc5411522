import type { Event, EventsV1Event } from '../schema/generated/types.ts';
import { defineKind, type RowContext } from './define-kind.ts';
import { validateEvent } from './event-validation.ts';
import { orEmpty } from './zero-values.ts';

export const event = defineKind<Event>({
  group: '',
  version: 'v1',
  resource: 'events',
  nameRule: 'dns-subdomain',
  selectableFields: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject?.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject?.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject?.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject?.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject?.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject?.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject?.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent ?? '',
    source: ({ source, reportingComponent }) => source?.component || reportingComponent || '',
    type: ({ type }) => type ?? '',
  },
  defaults: (object) => ({
    ...object,
    involvedObject: object.involvedObject ?? {},
    source: object.source ?? {},
    reportingComponent: object.reportingComponent ?? '',
    reportingInstance: object.reportingInstance ?? '',
  }),
  validate: validateEvent,
  row: eventRow,
});

export const eventsV1Event = defineKind<EventsV1Event>({
  group: 'events.k8s.io',
  version: 'v1',
  resource: 'events',
  nameRule: 'dns-subdomain',
  selectableFields: {
    reason: ({ reason }) => reason ?? '',
    type: ({ type }) => type ?? '',
    reportingController: ({ reportingController }) => reportingController ?? '',
    'regarding.kind': ({ regarding }) => regarding?.kind ?? '',
    'regarding.namespace': ({ regarding }) => regarding?.namespace ?? '',
    'regarding.name': ({ regarding }) => regarding?.name ?? '',
    'regarding.uid': ({ regarding }) => regarding?.uid ?? '',
  },
  row: (object, context) => eventRow(asCoreEvent(object), context),
});

function eventRow(object: Event, { age }: RowContext): (string | number)[] {
  const { metadata, involvedObject, source, series } = object;
  const first = age(object.firstTimestamp ?? object.eventTime);
  const last = object.lastTimestamp ? age(object.lastTimestamp) : first;
  const kind = (involvedObject?.kind ?? '').toLowerCase();
  const component = source?.component || object.reportingComponent || '';
  const instance = source?.host || object.reportingInstance || '';
  return [
    series ? age(series.lastObservedTime) : last,
    object.type ?? '',
    object.reason ?? '',
    involvedObject?.name ? `${kind}/${involvedObject.name}` : kind,
    involvedObject?.fieldPath ?? '',
    instance ? `${component}, ${instance}` : component,
    (object.message ?? '').trim(),
    first,
    series ? (series.count ?? 0) : object.count || 1,
    metadata.name ?? '',
  ];
}

const asCoreEvent = (object: EventsV1Event): Event => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: object.metadata,
  involvedObject: orEmpty(object.regarding),
  ...(object.type ? { type: object.type } : {}),
  ...(object.reason ? { reason: object.reason } : {}),
  ...(object.note ? { message: object.note } : {}),
  ...(object.eventTime ? { eventTime: object.eventTime } : {}),
  ...(object.deprecatedSource ? { source: object.deprecatedSource } : {}),
  ...(object.deprecatedFirstTimestamp ? { firstTimestamp: object.deprecatedFirstTimestamp } : {}),
  ...(object.deprecatedLastTimestamp ? { lastTimestamp: object.deprecatedLastTimestamp } : {}),
  ...(object.deprecatedCount ? { count: object.deprecatedCount } : {}),
  ...(object.series ? { series: object.series } : {}),
  ...(object.reportingController ? { reportingComponent: object.reportingController } : {}),
  ...(object.reportingInstance ? { reportingInstance: object.reportingInstance } : {}),
});
