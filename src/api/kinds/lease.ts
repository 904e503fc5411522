import type { FieldError } from '../machinery/field-error.ts';
import type { Lease } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { nonNegative, positive, root } from './field-checks.ts';

export const lease = defineKind<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: (object) => ({ ...object, spec: object.spec ?? {} }),
  validate: validateLease,
  validateUpdate: validateLease,
  row: ({ metadata, spec }, { age }) => [metadata.name ?? '', spec?.holderIdentity ?? '', age(metadata.creationTimestamp)],
});

function validateLease({ spec }: Lease): FieldError[] {
  const path = root('spec');
  const { leaseDurationSeconds: seconds, leaseTransitions } = spec ?? {};
  return [
    ...(seconds === undefined ? [] : positive(path.child('leaseDurationSeconds'), seconds)),
    ...nonNegative(path.child('leaseTransitions'), leaseTransitions),
  ];
}
