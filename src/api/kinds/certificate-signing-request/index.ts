import { isoTime } from '../../../clock/index.ts';
import { humanDuration } from '../../machinery/duration.ts';
import type { CertificateSigningRequest } from '../../schema/generated/types.ts';
import type { StrategyContext } from '../define-kind.ts';
import { defineKind } from '../define-kind.ts';
import { NONE } from '../table-cells.ts';
import { orEmpty } from '../zero-values.ts';
import { validateRequest, validateRequestUpdate } from './validation.ts';

export const certificateSigningRequest = defineKind<CertificateSigningRequest>({
  group: 'certificates.k8s.io',
  version: 'v1',
  resource: 'certificatesigningrequests',
  nameRule: 'path-segment',
  generation: false,
  selectableFields: { 'spec.signerName': ({ spec }) => spec?.signerName ?? '' },
  defaults: (object) => ({ ...object, spec: orEmpty(object.spec), status: object.status ?? {} }),
  prepareForCreate: (object) => ({ ...object, status: {} }),
  prepareForUpdate: (object, old, context) => prepared(object, old, context),
  resetFields: (subresource) => (subresource ? ['spec'] : ['spec', 'status']),
  validate: validateRequest,
  validateUpdate: (object, old) => validateRequestUpdate(object, old, ''),
  subresources: {
    approval: { prepareForUpdate: prepared, validateUpdate: (object, old) => validateRequestUpdate(object, old, 'approval') },
    status: { prepareForUpdate: prepared, validateUpdate: (object, old) => validateRequestUpdate(object, old, 'status') },
  },
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    age(metadata.creationTimestamp),
    spec.signerName || NONE,
    spec.username ?? '',
    spec.expirationSeconds === undefined ? NONE : humanDuration(spec.expirationSeconds * 1000),
    conditionCell(status),
  ],
});

function conditionCell(status: CertificateSigningRequest['status']): string {
  const has = (type: string) => status?.conditions?.some((c) => c.type === type) ?? false;
  const decision = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${decision}${has('Failed') ? ',Failed' : ''}${status?.certificate ? ',Issued' : ''}`;
}

/** The request itself never changes: /approval decides on it, /status adds the certificate. */
function prepared(
  object: CertificateSigningRequest,
  old: CertificateSigningRequest,
  { clock, subresource }: StrategyContext,
): CertificateSigningRequest {
  const kept = { ...old, metadata: object.metadata };
  if (subresource === '') return kept;
  const now = isoTime(clock.now());
  const conditions = object.status?.conditions?.map((condition) => {
    const before = old.status?.conditions?.find(({ type, status }) => type === condition.type && status === condition.status);
    return {
      ...condition,
      lastUpdateTime: condition.lastUpdateTime ?? now,
      lastTransitionTime: condition.lastTransitionTime ?? before?.lastTransitionTime ?? now,
    };
  });
  const status = subresource === 'approval' ? old.status : object.status;
  return { ...kept, status: { ...status, ...(conditions ? { conditions } : {}) } };
}
