import type { RuntimeClass } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';

export const runtimeClass = defineKind<RuntimeClass>({
  group: 'node.k8s.io',
  version: 'v1',
  resource: 'runtimeclasses',
  nameRule: 'dns-subdomain',
  row: ({ metadata, handler }, { age }) => [metadata.name ?? '', handler, age(metadata.creationTimestamp)],
});
