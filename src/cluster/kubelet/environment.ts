import type { Informers } from '../../api/client/informer.ts';
import { ConfigMaps, Secrets, Services } from '../../api/kinds/resource-types.ts';
import type { Container, EnvVar, Node, Pod } from '../../api/schema/generated/types.ts';
import { fieldValue } from './downward.ts';
import { resourceFieldValue } from './resource-field.ts';

/** The container cannot be configured; the message is the kubelet's. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface EnvironmentSources {
  readonly informers: Informers;
  readonly pod: Pod;
  readonly container: Container;
  readonly node: Node | undefined;
  readonly podIP: string;
  readonly hostIP: string;
}

/** The environment that the pod's spec gives to a container: services, then envFrom, then env, each seeing those before it. */
export function environmentOf(sources: EnvironmentSources): Map<string, string> {
  const { pod, container, informers } = sources;
  const services = serviceVariables(informers, pod);
  const result = new Map<string, string>();
  for (const source of container.envFrom ?? []) {
    for (const [key, value] of Object.entries(dataOf(informers, pod, source))) result.set(`${source.prefix ?? ''}${key}`, value);
  }
  for (const variable of container.env ?? []) {
    const value = variableValue(variable, sources, (name) => result.get(name) ?? services.get(name));
    if (value !== undefined) result.set(variable.name, value);
  }
  for (const [name, value] of services) if (!result.has(name)) result.set(name, value);
  return result;
}

type EnvFrom = NonNullable<Container['envFrom']>[number];

function dataOf(informers: Informers, pod: Pod, { configMapRef, secretRef }: EnvFrom): Readonly<Record<string, string>> {
  const namespace = pod.metadata.namespace ?? '';
  if (configMapRef) {
    const found = informers.for(ConfigMaps).get(namespace, configMapRef.name ?? '');
    if (!found && !configMapRef.optional) throw new ConfigError(`configmap "${configMapRef.name}" not found`);
    return found?.data ?? {};
  }
  const found = informers.for(Secrets).get(namespace, secretRef?.name ?? '');
  if (!found && !secretRef?.optional) throw new ConfigError(`secret "${secretRef?.name}" not found`);
  return Object.fromEntries(Object.entries(found?.data ?? {}).map(([key, value]) => [key, decodeBase64(value)]));
}

function variableValue(variable: EnvVar, sources: EnvironmentSources, lookUp: (name: string) => string | undefined): string | undefined {
  const from = variable.valueFrom;
  if (!from) return expand(variable.value ?? '', lookUp);
  if (from.fieldRef) return fieldValue(sources, from.fieldRef.fieldPath);
  if (from.resourceFieldRef) return resourceFieldValue(sources.pod, sources.container, from.resourceFieldRef, sources.node);
  if (from.configMapKeyRef) return configMapValue(sources, from.configMapKeyRef);
  return from.secretKeyRef ? secretValue(sources, from.secretKeyRef) : undefined;
}

interface KeyRef {
  readonly name?: string;
  readonly key: string;
  readonly optional?: boolean;
}

function configMapValue({ informers, pod }: EnvironmentSources, ref: KeyRef): string | undefined {
  const namespace = pod.metadata.namespace ?? '';
  const found = informers.for(ConfigMaps).get(namespace, ref.name ?? '');
  if (!found && !ref.optional) throw new ConfigError(`configmap "${ref.name}" not found`);
  const value = found?.data?.[ref.key];
  if (value === undefined && !ref.optional) throw new ConfigError(`couldn't find key ${ref.key} in ConfigMap ${namespace}/${ref.name}`);
  return value;
}

function secretValue({ informers, pod }: EnvironmentSources, ref: KeyRef): string | undefined {
  const namespace = pod.metadata.namespace ?? '';
  const found = informers.for(Secrets).get(namespace, ref.name ?? '');
  if (!found && !ref.optional) throw new ConfigError(`secret "${ref.name}" not found`);
  const value = found?.data?.[ref.key];
  if (value === undefined && !ref.optional) throw new ConfigError(`couldn't find key ${ref.key} in Secret ${namespace}/${ref.name}`);
  return value === undefined ? undefined : decodeBase64(value);
}

export const decodeBase64 = (value: string): string => Buffer.from(value, 'base64').toString('utf8');

/** `$(NAME)` is replaced where NAME is known; `$$(NAME)` stands for `$(NAME)` itself. */
export function expand(text: string, lookUp: (name: string) => string | undefined): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) => (name === undefined ? '$' : (lookUp(name) ?? whole)));
}

/** NAME_SERVICE_HOST and its kin for the services of the pod's namespace, and always for the API server's. */
function serviceVariables(informers: Informers, pod: Pod): Map<string, string> {
  const own = pod.spec?.enableServiceLinks === false ? [] : informers.for(Services).list(pod.metadata.namespace);
  const api = informers.for(Services).get('default', 'kubernetes');
  const all = api && !own.includes(api) ? [...own, api] : own;
  const result = new Map<string, string>();
  for (const service of all) {
    const address = service.spec?.clusterIP;
    const ports = service.spec?.ports ?? [];
    const [first] = ports;
    if (!address || address === 'None' || !first) continue;
    const prefix = (service.metadata.name ?? '').toUpperCase().replaceAll('-', '_');
    result.set(`${prefix}_SERVICE_HOST`, address);
    result.set(`${prefix}_SERVICE_PORT`, String(first.port));
    for (const port of ports) {
      if (port.name) result.set(`${prefix}_SERVICE_PORT_${port.name.toUpperCase().replaceAll('-', '_')}`, String(port.port));
    }
    addLinks(result, prefix, address, ports);
  }
  return result;
}

function addLinks(result: Map<string, string>, prefix: string, address: string, ports: readonly { port: number; protocol?: string }[]): void {
  ports.forEach(({ port, protocol = 'TCP' }, i) => {
    const url = `${protocol.toLowerCase()}://${address}:${port}`;
    if (i === 0) result.set(`${prefix}_PORT`, url);
    const name = `${prefix}_PORT_${port}_${protocol}`;
    result.set(name, url);
    result.set(`${name}_PROTO`, protocol.toLowerCase());
    result.set(`${name}_PORT`, String(port));
    result.set(`${name}_ADDR`, address);
  });
}
