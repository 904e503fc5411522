import type { ConfigMap } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';

export const configMap = defineKind<ConfigMap>({
  group: '',
  version: 'v1',
  resource: 'configmaps',
  nameRule: 'dns-subdomain',
  row: ({ metadata, data, binaryData }, { age }) => [
    metadata.name ?? '',
    Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length,
    age(metadata.creationTimestamp),
  ],
});
