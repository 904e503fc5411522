import { isPlainObject, type PlainObject, toGoJson } from '../../../api/machinery/json.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object as its annotation records it: without that annotation, in one line. */
export const configurationText = (object: KubeObject): string => `${toGoJson(configuration(object))}\n`;

/** The object with the record of itself that the next apply compares with. */
export function withLastApplied(object: KubeObject): KubeObject {
  const annotations = { ...object.metadata.annotations, [lastAppliedAnnotation]: configurationText(object) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Records the configuration where that is asked for or was done before. */
export const recorded = (object: KubeObject, always: boolean): KubeObject =>
  always || object.metadata.annotations?.[lastAppliedAnnotation] ? withLastApplied(object) : object;

/** The configuration without a record of itself. */
export function configuration(object: KubeObject): KubeObject {
  const { [lastAppliedAnnotation]: _own, ...annotations } = object.metadata.annotations ?? {};
  return { ...object, metadata: { ...object.metadata, annotations } };
}

export function lastApplied(object: KubeObject): PlainObject {
  const text = object.metadata.annotations?.[lastAppliedAnnotation];
  const parsed: unknown = text ? JSON.parse(text) : {};
  return isPlainObject(parsed) ? parsed : {};
}

/** Fields that are null in a manifest are not sent when it is created. */
export function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  ) as T;
}
