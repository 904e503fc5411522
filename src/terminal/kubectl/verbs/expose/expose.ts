import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { ServicePort } from '../../../../api/schema/generated/types.ts';
import { resourcePath } from '../../client/mapper.ts';
import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { throwAll, UsageError } from '../../errors.ts';
import { type FlagValues, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { fileFlags, printFlags } from '../../print/print-flags.ts';
import { type Info, select } from '../../resource/selection.ts';
import { integerOf, intOrString } from '../../writing/int-or-string.ts';
import { parseLabelSpec } from '../../writing/label-spec.ts';
import { withLastApplied } from '../../writing/last-applied.ts';
import { overrideFlags, withOverrides } from '../../writing/overrides.ts';
import { recorded, recordFlag } from '../../writing/record.ts';
import { typedObject } from '../../writing/typed-object.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { type DryRun, dryRunFlag, dryRunOf, fieldManagerFlag, writeQuery } from '../../writing/write-flags.ts';
import { saveConfigFlag } from '../create/generator.ts';
import { type ExposedPort, podLabelsOf, portsOf } from './exposed.ts';

const flags = {
  ...printFlags,
  ...fileFlags,
  ...dryRunFlag,
  ...fieldManagerFlag('kubectl-expose'),
  ...saveConfigFlag,
  ...overrideFlags,
  ...recordFlag,
  'cluster-ip': string('', "A cluster IP of the service's own, or 'None' for a headless one."),
  'external-ip': string('', 'Another IP address that leads to the service.'),
  labels: string('l', 'Labels of the service.'),
  'load-balancer-ip': string('', 'IP address of the load balancer.'),
  name: string('', 'Name of the service.'),
  port: string('', 'Port of the service; without one those of the object.'),
  protocol: string('', 'Protocol of the port: TCP, UDP or SCTP.', { values: ['TCP', 'UDP', 'SCTP'] }),
  selector: string('', 'Label selector of the service; without one that of the object.'),
  'session-affinity': string('', 'Session affinity: None or ClientIP.', { values: ['None', 'ClientIP'] }),
  'target-port': string('', "Name or number of the containers' port."),
  type: string('', 'Type of the service: ClusterIP, NodePort, LoadBalancer or ExternalName.', {
    values: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  }),
};

type Options = FlagValues<typeof flags>;

const exposable = ['ReplicationController', 'Service', 'Pod', 'Deployment.apps', 'ReplicaSet.apps'];

export const expose = defineVerb({
  name: 'expose',
  group: 'Basic Commands (Beginner)',
  flags,
  help: {
    usage:
      'expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
    short: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
    long: 'Makes a service for the pods of an object: pod (po), service (svc), replicationcontroller (rc), deployment (deploy), replicaset (rs).',
    examples: [
      ['A deployment, on port 80', 'kubectl expose deployment nginx --port=80 --target-port=8000'],
      ['A pod, by a name of its own', 'kubectl expose pod valid-pod --port=444 --name=frontend'],
      ['Another port of a service', 'kubectl expose service nginx --port=443 --target-port=8443 --name=nginx-https'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    const print = typedPrinter(kubectl, options, 'exposed', dryRun);
    const { filename, kustomize, recursive } = options;
    const { infos, errors } = await select(kubectl, { args: kubectl.args, filename, kustomize, recursive });
    const failures = [...errors];
    for (const info of infos) {
      try {
        await kubectl.print(print(await exposeOne(kubectl, info, options, dryRun)));
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'Killed') throw error;
        failures.push(error);
      }
    }
    throwAll(failures);
    return undefined;
  },
});

async function exposeOne(kubectl: Invocation, info: Info, options: Options, dryRun: DryRun): Promise<KubeObject> {
  const { group, kind } = info.mapping;
  const type = group ? `${kind}.${group}` : kind;
  if (!exposable.includes(type)) throw new UsageError(`cannot expose a ${type}`);
  const service = recorded(kubectl, withOverrides(generated(info, options), options), options, flags);
  if (dryRun === 'client') {
    return kubectl.namespaceGiven ? { ...service, metadata: { ...service.metadata, namespace: kubectl.namespace } } : service;
  }
  const wanted = options['save-config'] ? withLastApplied(service) : service;
  const mapping = (await kubectl.mapper).forObject(service);
  if (!mapping) throw new UsageError(`no matches for kind ${JSON.stringify(service.kind)} in version ${JSON.stringify(service.apiVersion)}`);
  return kubectl.api.post(resourcePath(mapping, kubectl.namespace), wanted, writeQuery({ dryRun, manager: options['field-manager'] }));
}

function generated({ name, object }: Info, options: Options): KubeObject {
  const selector = options.selector ? parseLabelSpec(options.selector) : podLabelsOf(object);
  const labels = options.labels ? parseLabelSpec(options.labels) : object.metadata.labels;
  const affinity = options['session-affinity'];
  if (!['', 'None', 'ClientIP'].includes(affinity)) throw new UsageError(`unknown session affinity: ${affinity}`);
  if (Object.keys(selector).length === 0) throw new UsageError('selector must be specified');
  return typedObject({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: options.name || name.slice(0, 63), labels },
    spec: {
      ports: servicePorts(object, options),
      selector,
      clusterIP: options['cluster-ip'],
      type: options.type,
      externalIPs: options['external-ip'] ? [options['external-ip']] : [],
      sessionAffinity: affinity,
      loadBalancerIP: options.type === 'LoadBalancer' ? options['load-balancer-ip'] : '',
    },
  });
}

function servicePorts(object: KubeObject, options: Options): ServicePort[] {
  const exposed = portsOf(object);
  const wanted = options.port ? options.port.split(',').map(integerOf) : exposed.map(({ port }) => port);
  if (wanted.length === 0 && options['cluster-ip'] !== 'None') throw new UsageError("couldn't find port via --port flag or introspection");
  return wanted
    .flatMap((port, i) => portsFor(port, wanted.length > 1 ? `port-${i + 1}` : '', { index: i + 1, exposed, protocol: options.protocol }))
    .map((port) => ({ ...port, targetPort: options['target-port'] ? intOrString(options['target-port']) : port.port }));
}

interface PortChoice {
  readonly index: number;
  readonly exposed: readonly ExposedPort[];
  readonly protocol: string;
}

/** A port that the object serves by several protocols becomes several. */
function portsFor(port: number, name: string, { index, exposed, protocol }: PortChoice): ServicePort[] {
  const protocols = exposed.find((one) => one.port === port)?.protocols ?? ['TCP'];
  if (protocol || protocols.length === 1) return [{ ...(name ? { name } : {}), port, protocol: protocol || (protocols[0] ?? 'TCP') }];
  return protocols.map((one) => ({ name: `port-${index}-${one.toLowerCase()}`, port, protocol: one }));
}
