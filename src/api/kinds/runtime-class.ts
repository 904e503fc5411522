import { type FieldError, required } from '../machinery/field-error.ts';
import type { RuntimeClass } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { dnsLabel, immutable, labels, root } from './field-checks.ts';
import { validateContainerResources } from './pod/validation/resources.ts';
import { validateTolerations } from './pod/validation/scheduling.ts';

export const runtimeClass = defineKind<RuntimeClass>({
  group: 'node.k8s.io',
  version: 'v1',
  resource: 'runtimeclasses',
  nameRule: 'dns-subdomain',
  validate: validateClass,
  validateUpdate: (object, old) => immutable(root('handler'), object.handler, old.handler),
  row: ({ metadata, handler }, { age }) => [metadata.name ?? '', handler, age(metadata.creationTimestamp)],
});

function validateClass({ handler, overhead, scheduling }: RuntimeClass): FieldError[] {
  return [
    ...(handler ? dnsLabel(root('handler'), handler) : [required(root('handler'))]),
    ...(overhead?.podFixed ? validateContainerResources({ limits: overhead.podFixed }, root('overhead'), []) : []),
    ...labels(root('scheduling').child('nodeSelector'), scheduling?.nodeSelector),
    ...validateTolerations(scheduling?.tolerations ?? [], root('scheduling').child('tolerations')),
  ];
}
