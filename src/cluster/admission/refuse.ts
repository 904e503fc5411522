import { forbidden, type StatusError } from '../../api/machinery/status-error.ts';
import type { AdmissionRequest } from './admission-plugin.ts';

/** `pods "web" is forbidden: …`; several reasons are listed in brackets, as upstream aggregates them. */
export function refuse({ resource, name, object, old }: AdmissionRequest, ...reasons: readonly string[]): StatusError {
  const unique = [...new Set(reasons)];
  const text = unique.length === 1 ? (unique[0] ?? '') : `[${unique.join(', ')}]`;
  return forbidden(resource, name || object?.metadata.name || old?.metadata.name || 'Unknown', text);
}
