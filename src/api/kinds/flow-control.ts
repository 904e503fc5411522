import type { FlowSchema, LimitedPriorityLevelConfiguration, PriorityLevelConfiguration } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { statusRules } from './status-rules.ts';
import { NONE } from './table-cells.ts';
import { orEmpty } from './zero-values.ts';

const GROUP = 'flowcontrol.apiserver.k8s.io';

export const flowSchema = defineKind<FlowSchema>({
  group: GROUP,
  version: 'v1',
  resource: 'flowschemas',
  nameRule: 'dns-subdomain',
  defaults(object) {
    const spec = orEmpty(object.spec);
    return { ...object, spec: { ...spec, matchingPrecedence: spec.matchingPrecedence || 1000 }, status: object.status ?? {} };
  },
  ...statusRules<FlowSchema>({}),
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    spec?.priorityLevelConfiguration.name ?? '',
    spec?.matchingPrecedence ?? 0,
    spec?.distinguisherMethod?.type ?? NONE,
    age(metadata.creationTimestamp),
    status?.conditions?.find((c) => c.type === 'Dangling')?.status ?? '?',
  ],
});

export const priorityLevelConfiguration = defineKind<PriorityLevelConfiguration>({
  group: GROUP,
  version: 'v1',
  resource: 'prioritylevelconfigurations',
  nameRule: 'dns-subdomain',
  defaults(object) {
    const spec = orEmpty(object.spec);
    const { exempt, limited } = spec;
    return {
      ...object,
      spec: {
        ...spec,
        ...(exempt ? { exempt: { nominalConcurrencyShares: 0, lendablePercent: 0, ...exempt } } : {}),
        ...(limited ? { limited: defaultLimited(limited) } : {}),
      },
      status: object.status ?? {},
    };
  },
  ...statusRules<PriorityLevelConfiguration>({}),
  row({ metadata, spec }, { age }) {
    const { limited } = spec ?? {};
    const queuing = limited?.limitResponse?.queuing;
    return [
      metadata.name ?? '',
      spec?.type ?? '',
      limited?.nominalConcurrencyShares ?? NONE,
      queuing?.queues ?? NONE,
      queuing?.handSize ?? NONE,
      queuing?.queueLengthLimit ?? NONE,
      age(metadata.creationTimestamp),
    ];
  },
});

function defaultLimited(limited: LimitedPriorityLevelConfiguration): LimitedPriorityLevelConfiguration {
  const response = orEmpty(limited.limitResponse);
  const { queuing } = response;
  const queues = { queues: queuing?.queues || 64, handSize: queuing?.handSize || 8, queueLengthLimit: queuing?.queueLengthLimit || 50 };
  return {
    ...limited,
    nominalConcurrencyShares: limited.nominalConcurrencyShares ?? 30,
    lendablePercent: limited.lendablePercent ?? 0,
    limitResponse: queuing ? { ...response, queuing: queues } : response,
  };
}
