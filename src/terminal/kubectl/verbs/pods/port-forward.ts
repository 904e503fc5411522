import type { UpgradedStream } from '../../../../api/client/transport.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { Pod, Service } from '../../../../api/schema/generated/types.ts';
import type { ByteStream } from '../../../../machine/network.ts';
import { completePods } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { messageOf, UsageError } from '../../errors.ts';
import { strings } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { podFor, targetObject } from '../../pods/target.ts';
import { podTimeout } from './exec.ts';

interface Forwarding {
  readonly local: number;
  readonly remote: number;
}

export const portForward = defineVerb({
  name: 'port-forward',
  group: 'Troubleshooting and Debugging Commands',
  flags: { address: strings('', 'Addresses to listen on.', { default: ['localhost'] }), 'pod-running-timeout': podTimeout(60_000) },
  help: {
    usage: 'port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
    short: 'Forward one or more local ports to a pod',
    examples: [
      ['Port 8080 here to port 80 of a pod', 'kubectl port-forward pod/mypod 8080:80'],
      ['To a pod behind a service', 'kubectl port-forward service/myservice 8443:https'],
    ],
  },
  complete: completePods,
  async run(kubectl, options) {
    const [target, ...ports] = kubectl.args;
    if (target === undefined || ports.length === 0) throw kubectl.usage('TYPE/NAME and list of ports are required for port-forward');
    const info = await targetObject(kubectl, target);
    const pod = await podFor(kubectl, info, options['pod-running-timeout']);
    const forwardings = ports.map((text) => parsePorts(text, info.object, pod));
    if (pod.status?.phase !== 'Running')
      throw new UsageError(`unable to forward port because pod is not running. Current status=${pod.status?.phase}`);
    const stream = await open(kubectl, pod);
    const closers = await listenAll(kubectl, stream, forwardings, options.address);
    try {
      await new Promise<void>((resolve) => kubectl.process.signal.addEventListener('abort', () => resolve(), { once: true }));
    } finally {
      for (const close of closers) close();
      stream.close();
    }
    return undefined;
  },
});

function parsePorts(text: string, object: KubeObject, pod: Pod): Forwarding {
  const [first = '', second] = text.split(':');
  const wanted = second ?? first;
  if (second === '') throw new UsageError('remote port cannot be empty');
  const remote = remotePort(wanted, object, pod);
  const local = second === undefined ? Number(/^\d+$/.test(first) ? first : remote) : Number(first || 0);
  if (!Number.isInteger(local) || local < 0 || local > 65535)
    throw new UsageError(`error parsing local port "${first}": strconv.ParseUint: parsing "${first}": invalid syntax`);
  return { local: local || remote, remote };
}

/** Ports of a service lead to the ports of its pods; names are looked up in the pod. */
function remotePort(wanted: string, object: KubeObject, pod: Pod): number {
  const named = (name: string): number => {
    const found = pod.spec?.containers?.flatMap(({ ports }) => ports ?? []).find((port) => port.name === name)?.containerPort;
    if (found === undefined) throw new UsageError(`Pod '${pod.metadata?.name}' does not have a named port '${name}'`);
    return found;
  };
  if (object.kind !== 'Service') return /^\d+$/.test(wanted) ? Number(wanted) : named(wanted);
  const { spec } = object as unknown as Service;
  const port = spec?.ports?.find((one) => String(one.port) === wanted || one.name === wanted);
  if (!port) throw new UsageError(`Service ${object.metadata.name} does not have a service port ${wanted}`);
  const target = port.targetPort ?? port.port;
  return typeof target === 'number' ? target : named(String(target));
}

async function open(kubectl: Invocation, { metadata }: Pod): Promise<UpgradedStream> {
  const path = `/api/v1/namespaces/${metadata?.namespace}/pods/${metadata?.name}/portforward`;
  const { upgrade } = await kubectl.api.send({ method: 'POST', path, signal: kubectl.process.signal });
  if (!upgrade?.connect) throw new UsageError('error upgrading connection: the server did not switch protocols');
  return upgrade;
}

async function listenAll(
  kubectl: Invocation,
  stream: UpgradedStream,
  forwardings: readonly Forwarding[],
  addresses: readonly string[],
): Promise<(() => void)[]> {
  const closers: (() => void)[] = [];
  for (const { local, remote } of forwardings) {
    for (const given of addresses) {
      const address = given === 'localhost' ? '127.0.0.1' : given;
      const accept = (client: ByteStream) => void carry(kubectl, stream, client, { local, remote });
      try {
        const listening = kubectl.process.machine.network.listen(local, { name: 'kubectl', accept }, { address });
        closers.push(() => listening.close());
      } catch (error) {
        await kubectl.error(
          `Unable to listen on port ${local}: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 ${address}:${local}: bind: ${messageOf(error)}]\n`,
        );
        throw new UsageError(`unable to listen on any of the requested ports: [{${local} ${remote}}]`);
      }
      await kubectl.print(`Forwarding from ${address}:${local} -> ${remote}\n`);
      if (given === 'localhost') await kubectl.print(`Forwarding from [::1]:${local} -> ${remote}\n`);
    }
  }
  return closers;
}

/** One connection: bytes go both ways until both sides are done. */
async function carry(kubectl: Invocation, stream: UpgradedStream, client: ByteStream, { local, remote }: Forwarding): Promise<void> {
  try {
    await kubectl.print(`Handling connection for ${local}\n`);
    const server = await stream.connect?.(remote);
    if (!server) return;
    const upload = async () => {
      for (let data = await client.read(); data; data = await client.read()) await server.write(data);
      server.end();
    };
    void upload();
    for await (const data of server.read) await client.write(data);
  } catch (error) {
    await kubectl
      .error(`E portforward.go:424] "Unhandled Error" err="an error occurred forwarding ${local} -> ${remote}: ${messageOf(error)}"\n`)
      .catch(() => {});
  } finally {
    client.end();
  }
}
