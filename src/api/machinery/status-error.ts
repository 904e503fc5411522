import type { Status, StatusCause } from '../schema/generated/types.ts';

export interface StatusErrorFields {
  code: number;
  reason: string;
  message: string;
  details?: Status['details'];
}

/** What the API server answers instead of an object; `status` is the metav1.Status that goes over the wire. */
export class StatusError extends Error {
  readonly status: Status;

  constructor({ code, reason, message, details }: StatusErrorFields) {
    super(message);
    this.name = 'StatusError';
    this.status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, ...(details ? { details } : {}), code };
  }

  static from(status: Status): StatusError {
    const { code = 500, reason = '', message = '', details } = status;
    return new StatusError({ code, reason, message, ...(details ? { details } : {}) });
  }

  get code(): number {
    return this.status.code ?? 500;
  }

  get reason(): string {
    return this.status.reason ?? '';
  }
}

export const isStatusError = (error: unknown, reason?: string): error is StatusError =>
  error instanceof StatusError && (reason === undefined || error.reason === reason);

/** `pods` or `deployments.apps`: a resource as messages name it. */
export interface ResourceName {
  readonly group: string;
  readonly resource: string;
}

export const qualified = ({ group, resource }: ResourceName): string => (group ? `${resource}.${group}` : resource);

const about = (r: ResourceName, name: string) => ({ name, ...(r.group ? { group: r.group } : {}), kind: r.resource });

export const notFound = (r: ResourceName, name: string): StatusError =>
  new StatusError({ code: 404, reason: 'NotFound', message: `${qualified(r)} "${name}" not found`, details: about(r, name) });

export const alreadyExists = (r: ResourceName, name: string): StatusError =>
  new StatusError({ code: 409, reason: 'AlreadyExists', message: `${qualified(r)} "${name}" already exists`, details: about(r, name) });

export const conflict = (r: ResourceName, name: string, why: string): StatusError =>
  new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualified(r)} "${name}": ${why}`,
    details: about(r, name),
  });

export const forbidden = (r: ResourceName, name: string, why: string): StatusError =>
  new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: name ? `${qualified(r)} "${name}" is forbidden: ${why}` : `${qualified(r)} is forbidden: ${why}`,
    details: about(r, name),
  });

export const badRequest = (message: string): StatusError => new StatusError({ code: 400, reason: 'BadRequest', message });

export const internalError = (message: string): StatusError =>
  new StatusError({ code: 500, reason: 'InternalError', message: `Internal error occurred: ${message}`, details: { causes: [{ message }] } });

/** Several causes at once, as validation finds them. `kind` is the Kind, `group` its group. */
export function invalid(kind: { group: string; kind: string }, name: string, causes: readonly StatusCause[]): StatusError {
  const messages = causes.map((c) => `${c.field}: ${c.message}`);
  const unique = [...new Set(messages)];
  const text = unique.length === 1 ? unique[0] : `[${unique.join(', ')}]`;
  const qualifiedKind = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${qualifiedKind} "${name}" is invalid: ${text}`,
    details: { name, ...(kind.group ? { group: kind.group } : {}), kind: kind.kind, causes: [...causes] },
  });
}
