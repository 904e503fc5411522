import type { ResourceQuota } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';

export const resourceQuota = defineKind<ResourceQuota>({
  group: '',
  version: 'v1',
  resource: 'resourcequotas',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: (object) => ({ ...object, spec: object.spec ?? {}, status: object.status ?? {} }),
  row({ metadata, status }, { age }) {
    const { hard = {}, used = {} } = status ?? {};
    const cells = Object.keys(hard)
      .sort()
      .map((name) => ({ name, text: `${name}: ${used[name] ?? '0'}/${hard[name]}` }));
    const isLimit = (name: string) => name.startsWith('limits.');
    return [
      metadata.name ?? '',
      cells
        .filter(({ name }) => !isLimit(name))
        .map(({ text }) => text)
        .join(', '),
      cells
        .filter(({ name }) => isLimit(name))
        .map(({ text }) => text)
        .join(', '),
      age(metadata.creationTimestamp),
    ];
  },
});
