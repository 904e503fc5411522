import type { KubeObject } from '../../api/machinery/object.ts';

/** Fields that core/v1 and events.k8s.io/v1 call by different names. */
const NAMES: readonly (readonly [core: string, events: string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['reportingComponent', 'reportingController'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
];

export const eventToEventsV1 = (object: KubeObject): KubeObject => ({
  ...renamed(object, new Map(NAMES)),
  apiVersion: 'events.k8s.io/v1',
});

export const eventFromEventsV1 = (object: KubeObject): KubeObject => ({
  ...renamed(object, new Map(NAMES.map(([core, events]) => [events, core]))),
  apiVersion: 'v1',
});

function renamed(object: KubeObject, names: ReadonlyMap<string, string>): KubeObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [names.get(key) ?? key, value])) as unknown as KubeObject;
}
