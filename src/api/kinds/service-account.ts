import type { ServiceAccount } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';

export const serviceAccount = defineKind<ServiceAccount>({
  group: '',
  version: 'v1',
  resource: 'serviceaccounts',
  nameRule: 'dns-subdomain',
  row: ({ metadata }, { age }) => [metadata.name ?? '', age(metadata.creationTimestamp)],
});
