import type { FieldError, FieldErrorType } from '../../api/machinery/field-error.ts';
import { invalid } from '../../api/machinery/status-error.ts';
import type { StatusCause } from '../../api/schema/generated/types.ts';
import type { ServedResource } from './served-resource.ts';

export const apiFieldError = (reason: FieldErrorType, field: string, message: string): StatusCause => ({ reason, message, field });

/** Throws Invalid when validation found anything. */
export function requireValid(resource: ServedResource, name: string, findings: readonly FieldError[]): void {
  if (findings.length === 0) return;
  throw invalid(
    resource,
    name,
    findings.map(({ type, field, message }) => ({ reason: type, message, field })),
  );
}
