import { deepEqual } from '../machinery/deep-equal.ts';
import { type FieldError, invalidValue } from '../machinery/field-error.ts';
import { parseApiVersion } from '../machinery/object.ts';
import type { ControllerRevision } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { IMMUTABLE, NOT_NEGATIVE, root } from './field-checks.ts';
import { NONE } from './table-cells.ts';

export const controllerRevision = defineKind<ControllerRevision>({
  group: 'apps',
  version: 'v1',
  resource: 'controllerrevisions',
  nameRule: 'dns-subdomain',
  validate: validateRevision,
  validateUpdate: (object, old) => [
    ...validateRevision(object),
    ...(deepEqual(object.data, old.data) ? [] : [invalidValue(root('data'), object.data ?? null, IMMUTABLE)]),
  ],
  row: ({ metadata, revision }, { age }) => [metadata.name ?? '', controllerOf(metadata), revision, age(metadata.creationTimestamp)],
});

function controllerOf(metadata: ControllerRevision['metadata']): string {
  const owner = metadata.ownerReferences?.find((reference) => reference.controller);
  if (!owner) return NONE;
  const { group } = parseApiVersion(owner.apiVersion);
  return `${(group ? `${owner.kind}.${group}` : owner.kind).toLowerCase()}/${owner.name}`;
}

function validateRevision({ revision = 0 }: ControllerRevision): FieldError[] {
  return revision < 0 ? [invalidValue(root('revision'), revision, NOT_NEGATIVE)] : [];
}
