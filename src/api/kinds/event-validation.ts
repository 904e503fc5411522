import { type FieldError, invalidValue } from '../machinery/field-error.ts';
import type { Event } from '../schema/generated/types.ts';
import { root } from './field-checks.ts';

/** An event lives where the object does that it is about; about cluster-scoped ones in `default` or a system namespace. */
export function validateEvent({ metadata, involvedObject }: Event): FieldError[] {
  const about = involvedObject?.namespace ?? '';
  const own = metadata.namespace ?? '';
  if (about === own || (about === '' && (own === 'default' || own === 'kube-system'))) return [];
  return [invalidValue(root('involvedObject').child('namespace'), about, 'does not match event.namespace')];
}
