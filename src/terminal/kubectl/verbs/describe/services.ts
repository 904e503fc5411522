import type { EndpointSlice, Endpoints, Service } from '../../../../api/schema/generated/types.ts';
import { defineDescriber } from './describer.ts';
import { endpointSlicesOf, formatEndpoints } from './parts/endpoints.ts';
import { labelsAndAnnotations, labelsInline, nameAndNamespace } from './parts/metadata.ts';
import type { Writer } from './writer.ts';

export const service = defineDescriber<Service>({
  kind: 'Service',
  group: '',
  async describe(w, { metadata, spec, status }, look) {
    nameAndNamespace(w, metadata);
    labelsAndAnnotations(w, metadata);
    w.line(0, 'Selector:', labelsInline(spec?.selector));
    w.line(0, 'Type:', spec?.type);
    if (spec?.ipFamilyPolicy) w.line(0, 'IP Family Policy:', spec.ipFamilyPolicy);
    w.line(0, 'IP Families:', spec?.ipFamilies?.join(',') || '<none>');
    w.line(0, 'IP:', spec?.clusterIP);
    w.line(0, 'IPs:', spec?.clusterIPs?.join(',') || '<none>');
    if (spec?.externalIPs?.length) w.line(0, 'External IPs:', spec.externalIPs.join(','));
    if (spec?.loadBalancerIP) w.line(0, 'Desired LoadBalancer IP:', spec.loadBalancerIP);
    if (spec?.externalName) w.line(0, 'External Name:', spec.externalName);
    const ingress = status?.loadBalancer?.ingress ?? [];
    if (ingress.length > 0)
      w.line(
        0,
        'LoadBalancer Ingress:',
        ingress.map(({ ip, ipMode, hostname }) => (ip ? `${ip}${ipMode ? ` (${ipMode})` : ''}` : hostname)).join(', '),
      );
    ports(w, spec, await endpointSlicesOf(look.kubectl, metadata?.namespace ?? '', metadata?.name ?? ''));
    policies(w, spec);
  },
});

function ports(w: Writer, spec: Service['spec'], slices: readonly EndpointSlice[]): void {
  for (const { name, port, protocol, targetPort, appProtocol, nodePort } of spec?.ports ?? []) {
    w.line(0, 'Port:', name || '<unset>', `${port}/${protocol}`);
    w.line(0, 'TargetPort:', `${targetPort}/${protocol}`);
    if (appProtocol) w.line(0, 'AppProtocol:', appProtocol);
    if (nodePort) w.line(0, 'NodePort:', name || '<unset>', `${nodePort}/${protocol}`);
    w.line(0, 'Endpoints:', formatEndpoints(slices, name ?? ''));
  }
}

function policies(w: Writer, spec: Service['spec']): void {
  w.line(0, 'Session Affinity:', spec?.sessionAffinity);
  if (spec?.externalTrafficPolicy) w.line(0, 'External Traffic Policy:', spec.externalTrafficPolicy);
  if (spec?.internalTrafficPolicy) w.line(0, 'Internal Traffic Policy:', spec.internalTrafficPolicy);
  if (spec?.healthCheckNodePort) w.line(0, 'HealthCheck NodePort:', spec.healthCheckNodePort);
  if (spec?.loadBalancerSourceRanges?.length) w.line(0, 'LoadBalancer Source Ranges:', spec.loadBalancerSourceRanges.join(','));
  if (spec?.trafficDistribution) w.line(0, 'Traffic Distribution:', spec.trafficDistribution);
}

export const endpoints = defineDescriber<Endpoints>({
  kind: 'Endpoints',
  group: '',
  describe(w, { metadata, subsets }) {
    nameAndNamespace(w, metadata);
    labelsAndAnnotations(w, metadata);
    w.line(0, 'Subsets:');
    for (const { addresses, notReadyAddresses, ports: list } of subsets ?? []) {
      w.line(1, 'Addresses:', addresses?.map(({ ip }) => ip).join(',') || '<none>');
      w.line(1, 'NotReadyAddresses:', notReadyAddresses?.map(({ ip }) => ip).join(',') || '<none>');
      if (list?.length) portTable(w, 2, list);
      w.line(0);
    }
  },
});

function portTable(w: Writer, level: number, list: readonly { readonly name?: string; readonly port?: number; readonly protocol?: string }[]): void {
  w.line(level - 1, 'Ports:');
  w.line(level, 'Name', 'Port', 'Protocol');
  w.line(level, '----', '----', '--------');
  for (const { name, port, protocol } of list) w.line(level, name || '<unset>', port ?? '<unset>', protocol);
}

export const endpointSlice = defineDescriber<EndpointSlice>({
  kind: 'EndpointSlice',
  group: 'discovery.k8s.io',
  describe(w, { metadata, addressType, ports: list, endpoints: all }) {
    nameAndNamespace(w, metadata);
    labelsAndAnnotations(w, metadata);
    w.line(0, 'AddressType:', addressType);
    if (list?.length) portTable(w, 1, list);
    else w.line(0, 'Ports: <unset>');
    if (!all?.length) {
      w.line(0, 'Endpoints: <none>');
      return;
    }
    w.line(0, 'Endpoints:');
    for (const endpoint of all) {
      w.line(1, '- Addresses:', endpoint.addresses?.join(', ') || '<none>');
      w.line(2, 'Conditions:');
      w.line(3, 'Ready:', String(endpoint.conditions?.ready ?? '<unset>'));
      w.line(2, 'Hostname:', endpoint.hostname ?? '<unset>');
      if (endpoint.targetRef) w.line(2, 'TargetRef:', `${endpoint.targetRef.kind}/${endpoint.targetRef.name}`);
      w.line(2, 'NodeName:', endpoint.nodeName ?? '<unset>');
      w.line(2, 'Zone:', endpoint.zone ?? '<unset>');
    }
  },
});
