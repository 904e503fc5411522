import { invalidValue } from '../machinery/field-error.ts';
import type { ResourceQuota } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { IMMUTABLE, root } from './field-checks.ts';
import { validateQuotaSpec } from './resource-quota-validation.ts';
import { statusRules } from './status-rules.ts';

export const resourceQuota = defineKind<ResourceQuota>({
  group: '',
  version: 'v1',
  resource: 'resourcequotas',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: (object) => ({ ...object, spec: object.spec ?? {}, status: object.status ?? {} }),
  ...statusRules<ResourceQuota>({}),
  validate: ({ spec = {} }) => validateQuotaSpec(spec, root('spec')),
  validateUpdate({ spec = {} }, old) {
    const sorted = (scopes: readonly string[] | undefined) => [...new Set(scopes ?? [])].sort().join();
    const isSame = sorted(spec.scopes) === sorted(old.spec?.scopes);
    return [
      ...validateQuotaSpec(spec, root('spec')),
      ...(isSame ? [] : [invalidValue(root('spec').child('scopes'), spec.scopes ?? null, IMMUTABLE)]),
    ];
  },
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
