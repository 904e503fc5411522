import type { CustomResourceDefinition, CustomResourceDefinitionSpec } from '../../schema/generated/types.ts';
import { createdAtRow } from '../created-at-row.ts';
import { defineKind } from '../define-kind.ts';
import { orEmpty } from '../zero-values.ts';
import { validateDefinition, validateDefinitionUpdate } from './validation.ts';

export const customResourceDefinition = defineKind<CustomResourceDefinition>({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
  nameRule: 'dns-subdomain',
  defaults(object) {
    const spec = defaultSpec(orEmpty(object.spec));
    const stored = spec.versions?.find((version) => version.storage)?.name;
    const { storedVersions } = orEmpty(object.status);
    return {
      ...object,
      spec,
      status: { ...orEmpty(object.status), storedVersions: storedVersions?.length ? storedVersions : stored ? [stored] : [] },
    };
  },
  prepareForCreate(object) {
    const storage = object.spec.versions?.find((version) => version.storage)?.name;
    return { ...object, status: { storedVersions: storage ? [storage] : [] } as CustomResourceDefinition['status'] };
  },
  prepareForUpdate(object, old, { subresource }) {
    if (subresource === 'status') return { ...old, metadata: object.metadata, ...(object.status ? { status: object.status } : {}) };
    const stored = old.status?.storedVersions ?? [];
    const storage = object.spec.versions?.find((version) => version.storage)?.name;
    const storedVersions = storage && !stored.includes(storage) ? [...stored, storage] : stored;
    return { ...object, status: { ...orEmpty(old.status), storedVersions } };
  },
  subresources: { status: { validateUpdate: () => [] } },
  validate: validateDefinition,
  validateUpdate: validateDefinitionUpdate,
  row: createdAtRow,
});

function defaultSpec(spec: CustomResourceDefinitionSpec): CustomResourceDefinitionSpec {
  const names = orEmpty(spec.names);
  const listKind = names.listKind || (names.kind ? `${names.kind}List` : undefined);
  const { conversion } = spec;
  const service = conversion?.webhook?.clientConfig?.service;
  return {
    ...spec,
    names: { ...names, singular: names.singular || (names.kind ?? '').toLowerCase(), ...(listKind ? { listKind } : {}) },
    conversion: service
      ? {
          ...conversion,
          webhook: {
            ...conversion.webhook,
            clientConfig: { ...conversion.webhook.clientConfig, service: { ...service, port: service.port ?? 443 } },
          },
        }
      : (conversion ?? { strategy: 'None' }),
  };
}
