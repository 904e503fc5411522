import { isDns1123Subdomain, isValidPortName, isValidPortNumber } from '../../../../api/machinery/names.ts';
import { defineVerb, type Verb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { type FlagSpecs, int, string, strings } from '../../flags/flag.ts';
import { type Draft, defineGenerator } from './generator.ts';

const tcpFlag = { tcp: strings('', "Port pairs: '<port>:<targetPort>'.") };

interface ServiceOptions {
  readonly tcp: readonly string[];
  readonly clusterip?: string;
  readonly 'node-port'?: number;
  readonly 'external-name'?: string;
}

interface ServiceVerb {
  readonly name: string;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  readonly short: string;
  readonly usage: string;
  readonly flags: FlagSpecs;
  readonly example: readonly [string, string];
}

const serviceGenerator = ({ name, type, short, usage, flags, example }: ServiceVerb): Verb =>
  defineGenerator({
    name,
    failure: `failed to create ${type} service: `,
    flags: { ...tcpFlag, ...flags },
    help: { usage, short, examples: [example] },
    build: (_kubectl, target, options) => service(target, type, options as unknown as ServiceOptions),
  });

function service(name: string, type: ServiceVerb['type'], options: ServiceOptions): Draft {
  const { tcp, clusterip = '', 'external-name': externalName = '' } = options;
  if (clusterip !== 'None' && tcp.length === 0 && type !== 'ExternalName') throw new UsageError('at least one tcp port specifier must be provided');
  if (type === 'ExternalName' && isDns1123Subdomain(externalName).length > 0) throw new UsageError(`invalid service external name ${externalName}`);
  const labels = { app: name };
  const ports = tcp.map((pair) => ({ name: pair.replaceAll(':', '-'), protocol: 'TCP', ...portPair(pair), nodePort: options['node-port'] ?? 0 }));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { labels },
    spec: { ports, selector: labels, clusterIP: clusterip, type, externalName },
  };
}

/** `80`, `80:8080` or `80:http`. */
function portPair(pair: string): { port: number; targetPort: number | string } {
  const [first = '', second] = pair.split(':');
  if (!/^\d+$/.test(first)) throw new UsageError(`strconv.ParseUint: parsing ${JSON.stringify(first)}: invalid syntax`);
  if (Number(first) > 65535) throw new UsageError(`strconv.ParseUint: parsing ${JSON.stringify(first)}: value out of range`);
  const port = Number(first);
  if (second === undefined) return { port, targetPort: port };
  const targetPort = /^[+-]?\d+$/.test(second) ? Number(second) : second;
  const findings = typeof targetPort === 'number' ? isValidPortNumber(targetPort) : isValidPortName(targetPort);
  if (findings.length > 0) throw new UsageError(findings.join(','));
  return { port, targetPort };
}

export const createService = defineVerb({
  name: 'service',
  aliases: ['svc'],
  flags: {},
  help: { usage: 'service', short: 'Create a service using a specified subcommand' },
  subverbs: [
    serviceGenerator({
      name: 'clusterip',
      type: 'ClusterIP',
      short: 'Create a ClusterIP service',
      usage: 'clusterip NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]',
      flags: { clusterip: string('', "A cluster IP of your own, or 'None' for a headless service.") },
      example: ['A service named my-cs', 'kubectl create service clusterip my-cs --tcp=5678:8080'],
    }),
    serviceGenerator({
      name: 'nodeport',
      type: 'NodePort',
      short: 'Create a NodePort service',
      usage: 'nodeport NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
      flags: { 'node-port': int('', 'Port of every node that leads to the service.') },
      example: ['A service named my-ns', 'kubectl create service nodeport my-ns --tcp=5678:8080'],
    }),
    serviceGenerator({
      name: 'loadbalancer',
      type: 'LoadBalancer',
      short: 'Create a LoadBalancer service',
      usage: 'loadbalancer NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
      flags: {},
      example: ['A service named my-lbs', 'kubectl create service loadbalancer my-lbs --tcp=5678:8080'],
    }),
    serviceGenerator({
      name: 'externalname',
      type: 'ExternalName',
      short: 'Create an ExternalName service',
      usage: 'externalname NAME --external-name external.name [--dry-run=server|client|none]',
      flags: { 'external-name': string('', 'Name that the service stands for.', { required: true }) },
      example: ['A service named my-ns', 'kubectl create service externalname my-ns --external-name bar.com'],
    }),
  ],
});
