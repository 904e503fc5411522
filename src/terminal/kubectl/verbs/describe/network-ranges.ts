import type { IPAddress, ServiceCIDR } from '../../../../api/schema/generated/types.ts';
import { defineDescriber } from './describer.ts';
import { labelsAndAnnotations, longTime } from './parts/metadata.ts';

export const serviceCidr = defineDescriber<ServiceCIDR>({
  kind: 'ServiceCIDR',
  group: 'networking.k8s.io',
  describe(w, { metadata, spec, status }) {
    w.line(0, 'Name:', metadata?.name);
    labelsAndAnnotations(w, metadata);
    w.line(0, 'CIDRs:', spec?.cidrs?.join(', '));
    if (!status?.conditions?.length) return;
    w.line(0, 'Status:');
    w.line(0, 'Conditions:');
    w.line(1, 'Type', 'Status', 'LastTransitionTime', 'Reason', 'Message');
    w.line(1, '----', '------', '------------------', '------', '-------');
    for (const c of status.conditions) w.line(1, c.type, c.status, longTime(c.lastTransitionTime), c.reason, c.message);
  },
});

export const ipAddress = defineDescriber<IPAddress>({
  kind: 'IPAddress',
  group: 'networking.k8s.io',
  describe(w, { metadata, spec }) {
    w.line(0, 'Name:', metadata?.name);
    labelsAndAnnotations(w, metadata);
    if (!spec?.parentRef) return;
    w.line(0, 'Parent Reference:');
    w.line(1, 'Group:', spec.parentRef.group);
    w.line(1, 'Resource:', spec.parentRef.resource);
    w.line(1, 'Namespace:', spec.parentRef.namespace);
    w.line(1, 'Name:', spec.parentRef.name);
  },
});
