import type { CustomResourceDefinition, CustomResourceDefinitionSpec } from '../../schema/generated/types.ts';
import { createdAtRow } from '../created-at-row.ts';
import { defineKind } from '../define-kind.ts';
import { orEmpty } from '../zero-values.ts';

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
