import type { Namespace } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';

export const namespace = defineKind<Namespace>({
  group: '',
  version: 'v1',
  resource: 'namespaces',
  nameRule: 'dns-label',
  generation: false,
  selectableFields: { 'status.phase': ({ status }) => status?.phase ?? '' },
  defaults: (object) => ({
    ...withNameLabel(object),
    spec: object.spec ?? {},
    status: { ...object.status, phase: object.status?.phase || 'Active' },
  }),
  row: ({ metadata, status }, { age }) => [metadata.name ?? '', status?.phase ?? '', age(metadata.creationTimestamp)],
});

function withNameLabel(object: Namespace): Namespace {
  const { name, labels } = object.metadata;
  return name ? { ...object, metadata: { ...object.metadata, labels: { ...labels, 'kubernetes.io/metadata.name': name } } } : object;
}
