import type { Lease } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';

export const lease = defineKind<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: (object) => ({ ...object, spec: object.spec ?? {} }),
  row: ({ metadata, spec }, { age }) => [metadata.name ?? '', spec?.holderIdentity ?? '', age(metadata.creationTimestamp)],
});
