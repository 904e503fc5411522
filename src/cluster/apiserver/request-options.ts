import { type FieldError, FieldPath, forbiddenField, invalidValue, notSupported, required, tooLong } from '../../api/machinery/field-error.ts';
import { invalid } from '../../api/machinery/status-error.ts';
import type { DeleteOptions } from '../../api/schema/generated/types.ts';
import type { ResourceRequest } from './context.ts';
import { queryValue, queryValues } from './request-info.ts';

const MAX_MANAGER = 128;
const APPLY = 'application/apply-patch+yaml';

/** What the query of a write may say, checked before its body is looked at. */
export function requireWriteOptions({ request, info }: ResourceRequest): void {
  if (info.verb === 'create') refuse('CreateOptions', writeFindings(request));
  else if (info.verb === 'update') refuse('UpdateOptions', writeFindings(request));
  else if (info.verb === 'patch') refuse('PatchOptions', [...patchFindings(request), ...writeFindings(request)]);
}

export function requireDeleteOptions({ propagationPolicy, orphanDependents, dryRun }: DeleteOptions): void {
  const path = new FieldPath('propagationPolicy');
  const both = propagationPolicy !== undefined && orphanDependents !== undefined;
  refuse('DeleteOptions', [
    ...(both ? [invalidValue(path, propagationPolicy, 'orphanDependents and deletionPropagation cannot be both set')] : []),
    ...(propagationPolicy === undefined || POLICIES.includes(propagationPolicy) ? [] : [notSupported(path, propagationPolicy, [...POLICIES, 'nil'])]),
    ...dryRunFindings(dryRun ?? []),
  ]);
}

const POLICIES = ['Foreground', 'Background', 'Orphan'];

type Request = ResourceRequest['request'];

function patchFindings(request: Request): FieldError[] {
  if ((request.headers?.['content-type'] ?? '').split(';')[0]?.trim() === APPLY) {
    return queryValue(request, 'fieldManager') ? [] : [required(new FieldPath('fieldManager'), 'is required for apply patch')];
  }
  return queryValue(request, 'force') === undefined ? [] : [forbiddenField(new FieldPath('force'), 'may not be specified for non-apply patch')];
}

function writeFindings(request: Request): FieldError[] {
  const validation = queryValue(request, 'fieldValidation') ?? '';
  const known = ['', 'Ignore', 'Strict', 'Warn'];
  return [
    ...managerFindings(queryValue(request, 'fieldManager') ?? ''),
    ...dryRunFindings(queryValues(request, 'dryRun')),
    ...(known.includes(validation) ? [] : [notSupported(new FieldPath('fieldValidation'), validation, known)]),
  ];
}

function managerFindings(manager: string): FieldError[] {
  const path = new FieldPath('fieldManager');
  const characters = [...manager].map((c, i, all) => ({ c, at: Buffer.byteLength(all.slice(0, i).join('')) }));
  return [
    ...(Buffer.byteLength(manager) > MAX_MANAGER ? [tooLong(path, MAX_MANAGER)] : []),
    ...characters
      .filter(({ c }) => !isPrintable(c))
      .map(({ c, at }) => invalidValue(path, manager, `invalid character ${named(c)} (at position ${at})`)),
  ];
}

/** As Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the plain space. */
const isPrintable = (c: string): boolean => c === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(c);

const named = (c: string): string => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const dryRunFindings = (values: readonly string[]): FieldError[] =>
  values.every((value) => value === 'All') ? [] : [notSupported(new FieldPath('dryRun'), values, ['All'])];

function refuse(kind: string, findings: readonly FieldError[]): void {
  if (findings.length === 0) return;
  throw invalid(
    { group: 'meta.k8s.io', kind },
    '',
    findings.map(({ type, field, message }) => ({ reason: type, message, field })),
  );
}
