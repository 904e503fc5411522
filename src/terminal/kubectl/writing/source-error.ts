import { StatusError } from '../../../api/machinery/status-error.ts';
import { messageOf, UsageError } from '../errors.ts';

/** Names the manifest that an error is about, as cmd/util's AddSourceToErr. */
export function withSource(verb: string, source: string | undefined, error: unknown): unknown {
  if (!source || !(error instanceof Error) || error.name === 'Killed' || error.name === 'ServerUnreachable') return error;
  const message = `error when ${verb} ${JSON.stringify(source)}: ${messageOf(error)}`;
  if (!(error instanceof StatusError)) return new UsageError(message);
  return new StatusError({ code: error.code, reason: error.reason, message, ...(error.status.details ? { details: error.status.details } : {}) });
}
