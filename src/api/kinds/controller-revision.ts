import { parseApiVersion } from '../machinery/object.ts';
import type { ControllerRevision } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { NONE } from './table-cells.ts';

export const controllerRevision = defineKind<ControllerRevision>({
  group: 'apps',
  version: 'v1',
  resource: 'controllerrevisions',
  nameRule: 'dns-subdomain',
  row: ({ metadata, revision }, { age }) => [metadata.name ?? '', controllerOf(metadata), revision, age(metadata.creationTimestamp)],
});

function controllerOf(metadata: ControllerRevision['metadata']): string {
  const owner = metadata.ownerReferences?.find((reference) => reference.controller);
  if (!owner) return NONE;
  const { group } = parseApiVersion(owner.apiVersion);
  return `${(group ? `${owner.kind}.${group}` : owner.kind).toLowerCase()}/${owner.name}`;
}
