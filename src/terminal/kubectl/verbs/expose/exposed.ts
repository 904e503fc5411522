import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { LabelSelector, PodSpec, ServiceSpec } from '../../../../api/schema/generated/types.ts';
import { UsageError } from '../../errors.ts';

type Labels = Readonly<Record<string, string>>;

export interface ExposedPort {
  readonly port: number;
  readonly protocols: readonly string[];
}

const words: Readonly<Record<string, string>> = { Deployment: 'deployment', ReplicaSet: 'replicaset' };

/** The labels by which a service would find the pods of this object. */
export function podLabelsOf({ kind, metadata, spec }: KubeObject): Labels {
  if (kind === 'Pod') {
    if (Object.keys(metadata.labels ?? {}).length === 0) throw unfound('the pod has no labels and cannot be exposed');
    return metadata.labels ?? {};
  }
  const { selector } = (spec ?? {}) as { selector?: Labels & LabelSelector };
  if (kind === 'Service' && !selector) throw unfound('the service has no pod selector set');
  if (kind === 'Service' || kind === 'ReplicationController') return selector ?? {};
  const labels = selector?.matchLabels ?? {};
  if (Object.keys(labels).length === 0) throw unfound(`invalid ${words[kind] ?? kind}: no selectors, therefore cannot be exposed`);
  if (selector?.matchExpressions?.length) {
    const shown = selector.matchExpressions.map(
      ({ key, operator, values }) => `{Key:${key} Operator:${operator} Values:[${(values ?? []).join(' ')}]}`,
    );
    throw unfound(`couldn't convert expressions - "[${shown.join(' ')}]" to map-based selector format`);
  }
  return labels;
}

const unfound = (why: string): UsageError => new UsageError(`couldn't retrieve selectors via --selector flag or introspection: ${why}`);

/** The ports that the object's containers, or the service, serve on; each once. */
export function portsOf({ kind, spec }: KubeObject): ExposedPort[] {
  const found = new Map<number, string[]>();
  for (const [port, protocol] of kind === 'Service' ? servicePorts(spec as ServiceSpec) : containerPorts(kind, spec)) {
    const known = found.get(port) ?? [];
    found.set(port, known.includes(protocol) ? known : [...known, protocol]);
  }
  return [...found].map(([port, protocols]) => ({ port, protocols }));
}

const servicePorts = ({ ports = [] }: ServiceSpec): [number, string][] => ports.map(({ port, protocol }) => [port, protocol || 'TCP']);

function containerPorts(kind: string, spec: unknown): [number, string][] {
  const pod = (kind === 'Pod' ? spec : (spec as { template?: { spec?: PodSpec } }).template?.spec) as PodSpec | undefined;
  return (pod?.containers ?? []).flatMap(({ ports = [] }) =>
    ports.map(({ containerPort, protocol }): [number, string] => [containerPort, protocol || 'TCP']),
  );
}
