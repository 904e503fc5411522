import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { resourcePath } from '../../client/mapper.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { array, bool, duration, type FlagValues, int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { fileFlags, printFlags } from '../../print/print-flags.ts';
import { withLastApplied } from '../../writing/last-applied.ts';
import { overrideFlags, withOverrides } from '../../writing/overrides.ts';
import { recordFlag } from '../../writing/record.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { type DryRun, dryRunFlag, dryRunOf, fieldManagerFlag, writeQuery } from '../../writing/write-flags.ts';
import { saveConfigFlag } from '../create/generator.ts';
import { podTimeout } from '../pods/exec.ts';
import { runAttached } from './attached.ts';
import { isImageName } from './image-name.ts';
import { generatedPod, generatedService } from './pod.ts';

const flags = {
  ...printFlags,
  ...fileFlags,
  ...dryRunFlag,
  ...fieldManagerFlag('kubectl-run'),
  ...saveConfigFlag,
  ...overrideFlags,
  ...recordFlag,
  annotations: array('', 'Annotation of the pod: key=value.'),
  attach: bool('', 'Wait until the pod runs and attach to it; the default with -i.'),
  cascade: string('', 'What happens to dependents of a removed pod.', { default: 'background', bare: 'background' }),
  command: bool('', "Further arguments are the container's command, not its args."),
  'detach-keys': string('', 'Keys that leave an attached container.', { default: 'ctrl-p,ctrl-q' }),
  env: array('', 'Environment variable: NAME=value.'),
  expose: bool('', 'Make a ClusterIP service for the pod; needs --port.'),
  force: bool('', 'Remove the pod at once.'),
  'grace-period': int('', 'Seconds for a graceful end.', { default: -1 }),
  image: string('', 'Image of the container.', { required: true }),
  'image-pull-policy': string('', 'When to pull the image.', { values: ['Always', 'IfNotPresent', 'Never'] }),
  labels: string('l', 'Labels of the pod: key=value, separated by commas.'),
  'leave-stdin-open': bool('', 'Standard input stays open after the first attach.'),
  'pod-running-timeout': podTimeout(60_000),
  port: string('', 'Port that the container serves on.'),
  privileged: bool('', 'Run the container privileged.'),
  quiet: bool('q', 'Print no prompts.'),
  restart: string('', 'Restart policy of the pod.', { default: 'Always', values: ['Always', 'OnFailure', 'Never'] }),
  rm: bool('', 'Delete the pod when it is left; only when attached.'),
  stdin: bool('i', 'Keep standard input open.'),
  timeout: duration('', 'How long to wait for a removal.'),
  tty: bool('t', 'Allocate a terminal.'),
  wait: bool('', 'Wait for a removal.'),
};

type Options = FlagValues<typeof flags>;

export const run = defineVerb({
  name: 'run',
  group: 'Basic Commands (Beginner)',
  flags,
  help: {
    usage:
      'run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
    short: 'Run a particular image on the cluster',
    long: 'Creates a pod with one container of an image.',
    examples: [
      ['A pod of nginx', 'kubectl run nginx --image=nginx'],
      ['With a port', 'kubectl run hazelcast --image=hazelcast/hazelcast --port=5701'],
      ['With variables', 'kubectl run hazelcast --image=hazelcast/hazelcast --env="DNS_DOMAIN=cluster"'],
      ['With labels', 'kubectl run hazelcast --image=hazelcast/hazelcast --labels="app=hazelcast,env=prod"'],
      ['Only print it', 'kubectl run nginx --image=nginx --dry-run=client -o yaml'],
      ['In the foreground, once', 'kubectl run -i -t busybox --image=busybox --restart=Never'],
      ['With arguments', 'kubectl run nginx --image=nginx -- <arg1> <arg2> ... <argN>'],
      ['With a command', 'kubectl run nginx --image=nginx --command -- <cmd> <arg1> ... <argN>'],
    ],
  },
  async run(kubectl, given) {
    const dryRun = await dryRunOf(kubectl, given['dry-run']);
    const options = { ...given, attach: given.attach || (given.stdin && !kubectl.changed('attach')) };
    const print = typedPrinter(kubectl, options, 'created', dryRun);
    const restartPolicy = check(kubectl, options, dryRun);
    const [name = '', ...args] = kubectl.args;
    const pod = await create(kubectl, withOverrides(generatedPod(name, args, restartPolicy, options), options), { options, dryRun });
    const service = options.expose ? await create(kubectl, generatedService(name, options), { options, dryRun }) : undefined;
    if (service) await kubectl.print(`${print(service)}${options.output === 'yaml' ? '---\n' : ''}`);
    if (options.attach) await attached(kubectl, service ? [pod, service] : [pod], { options, restartPolicy });
    else await kubectl.print(print(pod));
    return undefined;
  },
});

/** Refuses what does not go together, in kubectl's order; the restart policy comes out. */
function check(kubectl: Invocation, options: Options, dryRun: DryRun): string {
  if (kubectl.args.length === 0 || kubectl.argsBeforeDash === 0) throw kubectl.usage('NAME is required for run');
  if (!options.image) throw new UsageError('--image is required');
  if (!isImageName(options.image)) throw new UsageError(`Invalid image name ${JSON.stringify(options.image)}: invalid reference format`);
  if (options.tty && !options.stdin) throw kubectl.usage('-i/--stdin is required for containers with -t/--tty=true');
  if (options.expose && !options.port) throw kubectl.usage('--port must be set when exposing a service');
  const restart = options.restart || (options.stdin ? 'OnFailure' : 'Always');
  if (!['Always', 'OnFailure', 'Never'].includes(restart)) throw kubectl.usage(`invalid restart policy: ${restart}`);
  if (!options.attach && options.rm) throw kubectl.usage('--rm should only be used for attached containers');
  if (options.attach && dryRun !== 'none') {
    throw kubectl.usage("--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)");
  }
  const policy = options['image-pull-policy'];
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(policy)) throw kubectl.usage(`invalid image pull policy: ${policy}`);
  return restart;
}

async function create(kubectl: Invocation, object: KubeObject, { options, dryRun }: { options: Options; dryRun: DryRun }): Promise<KubeObject> {
  const mapping = (await kubectl.mapper).forObject(object);
  if (!mapping) throw new UsageError(`no matches for kind ${JSON.stringify(object.kind)} in version ${JSON.stringify(object.apiVersion)}`);
  if (dryRun === 'client') {
    return kubectl.namespaceGiven ? { ...object, metadata: { ...object.metadata, namespace: kubectl.namespace } } : object;
  }
  const wanted = options['save-config'] ? withLastApplied(object) : object;
  return kubectl.api.post(resourcePath(mapping, kubectl.namespace), wanted, writeQuery({ dryRun, manager: options['field-manager'] }));
}

interface Session {
  readonly options: Options;
  readonly restartPolicy: string;
}

async function attached(kubectl: Invocation, created: readonly KubeObject[], { options, restartPolicy }: Session): Promise<void> {
  const [pod] = created;
  if (!pod) return;
  const { stdin, tty, quiet, 'leave-stdin-open': leaveStdinOpen, 'pod-running-timeout': timeout } = options;
  let failure: unknown;
  try {
    await runAttached(kubectl, pod, { restartPolicy, stdin, tty, quiet, leaveStdinOpen, timeout });
  } catch (error) {
    if (error instanceof Error && error.name === 'Killed') throw error;
    failure = error;
  }
  if (options.rm) for (const object of created) await remove(kubectl, object, quiet);
  if (failure !== undefined) throw failure;
}

async function remove(kubectl: Invocation, object: KubeObject, quiet: boolean): Promise<void> {
  const mapping = (await kubectl.mapper).forObject(object);
  const { name = '', namespace = '' } = object.metadata;
  if (!mapping) return;
  try {
    await kubectl.api.delete(resourcePath(mapping, namespace, name), { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' });
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
    return;
  }
  if (!quiet) await kubectl.print(`${mapping.singular} "${name}" deleted from ${namespace} namespace\n`);
}
