import type { LimitRange, LimitRangeItem } from '../schema/generated/types.ts';
import { createdAtRow } from './created-at-row.ts';
import { defineKind } from './define-kind.ts';
import { root } from './field-checks.ts';
import { validateLimits } from './limit-range-validation.ts';
import { orEmpty } from './zero-values.ts';

export const limitRange = defineKind<LimitRange>({
  group: '',
  version: 'v1',
  resource: 'limitranges',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults(object) {
    const spec = orEmpty(object.spec);
    return { ...object, spec: { ...spec, limits: (spec.limits ?? []).map(defaultItem) } };
  },
  validate: ({ spec }) => validateLimits(orEmpty(spec), root('spec').child('limits')),
  validateUpdate: ({ spec }) => validateLimits(orEmpty(spec), root('spec').child('limits')),
  row: createdAtRow,
});

/** Containers: the limit defaults to the maximum, the request to the limit and then to the minimum. */
function defaultItem(item: LimitRangeItem): LimitRangeItem {
  if (item.type !== 'Container') return item;
  const limit = { ...item.max, ...item.default };
  const request = { ...item.min, ...limit, ...item.defaultRequest };
  return {
    ...item,
    ...(Object.keys(limit).length > 0 ? { default: limit } : {}),
    ...(Object.keys(request).length > 0 ? { defaultRequest: request } : {}),
  };
}
