import { isQualifiedName } from '../machinery/names.ts';
import type { Namespace } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { findings, root } from './field-checks.ts';
import { statusRules, withStatusOf } from './status-rules.ts';

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
  ...statusRules<Namespace>({ phase: 'Active' }),
  prepareForCreate(object) {
    const finalizers = object.spec?.finalizers ?? [];
    return {
      ...withNameLabel(object),
      spec: { ...object.spec, finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'] },
      status: { phase: 'Active' },
    };
  },
  prepareForUpdate(object, old, { subresource }) {
    if (subresource === 'status') return { ...old, metadata: object.metadata, ...(object.status ? { status: object.status } : {}) };
    if (subresource === 'finalize') return withStatusOf(object, old);
    return withStatusOf({ ...withNameLabel(object), spec: { ...object.spec, finalizers: old.spec?.finalizers ?? [] } }, old);
  },
  validate: ({ spec }) =>
    (spec?.finalizers ?? []).flatMap((finalizer) => findings(root('spec').child('finalizers'), finalizer, isQualifiedName(finalizer))),
  row: ({ metadata, status }, { age }) => [metadata.name ?? '', status?.phase ?? '', age(metadata.creationTimestamp)],
});

function withNameLabel(object: Namespace): Namespace {
  const { name, labels } = object.metadata;
  return name ? { ...object, metadata: { ...object.metadata, labels: { ...labels, 'kubernetes.io/metadata.name': name } } } : object;
}
