import type { Pod } from '../../schema/generated/types.ts';
import { defineKind } from '../define-kind.ts';
import { hostnameWarning } from '../workload-warnings.ts';
import { defaultPod } from './defaults.ts';
import { podRow } from './row.ts';
import { podSubresources, preparePod } from './strategy.ts';
import { validatePodCreate } from './validation/index.ts';
import { validatePodUpdate } from './validation/update.ts';
import { podWarnings } from './warnings.ts';

export const pod = defineKind<Pod>({
  group: '',
  version: 'v1',
  resource: 'pods',
  nameRule: 'dns-subdomain',
  defaults: defaultPod,
  ...preparePod,
  validate: validatePodCreate,
  validateUpdate: validatePodUpdate,
  subresources: podSubresources,
  warnings: ({ metadata, spec }, old) => (old ? [] : [...hostnameWarning(metadata.name, "the Pod's hostname"), ...podWarnings(spec, metadata)]),
  row: podRow,
  gracePeriod: ({ spec }) => spec?.terminationGracePeriodSeconds,
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec?.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec?.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec?.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec?.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec?.hostNetwork ?? false),
    'status.phase': ({ status }) => status?.phase ?? '',
    'status.podIP': ({ status }) => status?.podIPs?.[0]?.ip ?? status?.podIP ?? '',
    'status.podIPs': ({ status }) => status?.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName ?? '',
  },
});
