import type { Ingress, IngressBackend, IngressClass, Service } from '../../../../api/schema/generated/types.ts';
import { messageOf } from '../../errors.ts';
import { defineDescriber, type Look } from './describer.ts';
import { endpointSlicesOf, formatEndpoints } from './parts/endpoints.ts';
import { annotationsMultiline, labelsAndAnnotations, labelsMultiline } from './parts/metadata.ts';

export const ingress = defineDescriber<Ingress>({
  kind: 'Ingress',
  group: 'networking.k8s.io',
  async describe(w, { metadata, spec, status }, look) {
    const namespace = metadata?.namespace ?? '';
    w.line(0, 'Name:', metadata?.name);
    labelsMultiline(w, 'Labels', metadata?.labels);
    w.line(0, 'Namespace:', namespace);
    const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '').filter(Boolean);
    w.line(0, 'Address:', [...new Set(addresses)].sort().join(','));
    w.line(0, 'Ingress Class:', spec?.ingressClassName ?? '<none>');
    const fallback = spec?.defaultBackend ? await backendText(look, namespace, spec.defaultBackend) : '<default>';
    w.line(0, 'Default backend:', fallback);
    if (spec?.tls?.length) w.line(0, 'TLS:');
    for (const { secretName, hosts } of spec?.tls ?? [])
      w.line(1, secretName ? `${secretName} terminates ${hosts?.join(',') ?? ''}` : `SNI routes ${hosts?.join(',') ?? ''}`);
    w.line(0, 'Rules:');
    w.line(1, 'Host', 'Path', 'Backends');
    w.line(1, '----', '----', '--------');
    const rules = (spec?.rules ?? []).filter(({ http }) => http);
    for (const { host, http } of rules) {
      w.line(1, host || '*', '');
      for (const { path, backend } of http?.paths ?? []) w.line(2, '', `${path ?? ''} `, backend ? await backendText(look, namespace, backend) : '');
    }
    if (rules.length === 0) w.line(1, '*', '*', fallback);
    annotationsMultiline(w, 'Annotations', metadata?.annotations);
  },
});

async function backendText(look: Look, namespace: string, { service, resource }: IngressBackend): Promise<string> {
  if (resource) return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`;
  if (!service) return '';
  const named = `${service.name}:${service.port?.number || service.port?.name || ''}`;
  try {
    const slices = await endpointSlicesOf(look.kubectl, namespace, service.name ?? '');
    const { spec } = (await look.kubectl.api.get(`/api/v1/namespaces/${namespace}/services/${service.name}`)) as unknown as Service;
    const port = spec?.ports?.findLast(({ port: number, name }) =>
      service.port?.number ? service.port.number === number : service.port?.name && service.port.name === name,
    );
    return `${named} (${formatEndpoints(slices, port?.name ?? '')})`;
  } catch (error) {
    return `${named} (<error: ${messageOf(error)}>)`;
  }
}

export const ingressClass = defineDescriber<IngressClass>({
  kind: 'IngressClass',
  group: 'networking.k8s.io',
  describe(w, { metadata, spec }) {
    w.line(0, 'Name:', metadata?.name);
    labelsAndAnnotations(w, metadata);
    w.line(0, 'Controller:', spec?.controller);
    if (!spec?.parameters) return;
    w.line(0, 'Parameters:');
    if (spec.parameters.apiGroup) w.line(1, 'APIGroup:', spec.parameters.apiGroup);
    w.line(1, 'Kind:', spec.parameters.kind);
    w.line(1, 'Name:', spec.parameters.name);
  },
});
