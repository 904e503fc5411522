import { isStatusError } from '../../../../api/machinery/status-error.ts';
import type { Pod } from '../../../../api/schema/generated/types.ts';
import { completePods } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { messageOf, UsageError } from '../../errors.ts';
import { bool, duration, type FlagValues, int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { allContainerNames, containerOrDefault, findContainer } from '../../pods/containers.ts';
import { podFor, podsOf, preferredFirst, targetObject } from '../../pods/target.ts';
import { selectorFlag } from '../../print/print-flags.ts';
import type { Info } from '../../resource/selection.ts';
import { podTimeout } from './exec.ts';
import { type LogSource, printLogs } from './log-sources.ts';

const flags = {
  ...selectorFlag,
  'all-containers': bool('', "All containers' logs."),
  'all-pods': bool('', 'Logs of all pods of the object; sets --prefix.'),
  container: string('c', 'Container whose logs are meant.'),
  follow: bool('f', 'Go on printing as logs come.'),
  'ignore-errors': bool('', 'An error while following is only told.'),
  'insecure-skip-tls-verify-backend': bool('', "Do not check the kubelet's certificate."),
  'limit-bytes': int('', 'At most this many bytes.'),
  'max-log-requests': int('', 'At most this many logs are followed at once.', { default: 5 }),
  'pod-running-timeout': podTimeout(20_000),
  prefix: bool('', 'Begin each line with its pod and container.'),
  previous: bool('p', 'The logs of the instance before this one.'),
  since: duration('', 'Only logs younger than 5s, 2m or 3h.'),
  'since-time': string('', 'Only logs after this time (RFC3339).'),
  tail: int('', 'Only this many last lines; -1 shows all, with a selector the default is 10.', { default: -1 }),
  timestamps: bool('', 'Begin each line with its time.'),
};

export type LogOptions = FlagValues<typeof flags>;

const usage = 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]';
const expected = `expected '${usage}'.\nPOD or TYPE/NAME is a required argument for the logs command`;

export const logs = defineVerb({
  name: 'logs',
  group: 'Troubleshooting and Debugging Commands',
  flags,
  help: {
    usage,
    short: 'Print the logs for a container in a pod',
    long: 'Prints the logs of a container, or of a resource that has pods. A pod with one container needs no container name.',
    examples: [
      ['A pod with one container', 'kubectl logs nginx'],
      ['All its containers', 'kubectl logs nginx --all-containers=true'],
      ['Before the last restart', 'kubectl logs -p -c ruby web-1'],
      ['The last twenty lines', 'kubectl logs --tail=20 nginx'],
    ],
  },
  complete: completePods,
  async run(kubectl, options) {
    const { args } = kubectl;
    if (args.length > 2 || (args.length === 0 && !options.selector)) throw kubectl.usage(expected);
    if (args.length === 1 && options.selector) throw kubectl.usage('only a selector (-l) or a POD name is allowed');
    const container = args[1] ?? options.container;
    if (args.length === 2 && kubectl.changed('container')) throw new UsageError('only one of -c or an inline [CONTAINER] arg is allowed');
    check(options, container);
    const sources = await sourcesOf(kubectl, options, container);
    await printLogs(kubectl, sources, { ...options, prefix: options.prefix || options['all-pods'] }, query(kubectl, options));
    return undefined;
  },
});

function check(options: LogOptions, container: string): void {
  if (options['since-time'] && options.since) throw new UsageError('at most one of `sinceTime` or `sinceSeconds` may be specified');
  if (options['all-containers'] && container) throw new UsageError(`--all-containers=true should not be specified with container name ${container}`);
  if (options['limit-bytes'] < 0) throw new UsageError('--limit-bytes must be greater than 0');
  if (options.since < 0) throw new UsageError('--since must be greater than 0');
  if (options.tail < -1) throw new UsageError('--tail must be greater than or equal to -1');
}

function query(kubectl: Invocation, options: LogOptions): Record<string, string> {
  const tail = options.selector && !kubectl.changed('tail') ? 10 : options.tail;
  return {
    ...(options.follow ? { follow: 'true' } : {}),
    ...(options.previous ? { previous: 'true' } : {}),
    ...(options.timestamps ? { timestamps: 'true' } : {}),
    ...(options['since-time'] ? { sinceTime: options['since-time'] } : {}),
    ...(options.since ? { sinceSeconds: String(Math.round(options.since / 1000)) } : {}),
    ...(options['limit-bytes'] ? { limitBytes: String(options['limit-bytes']) } : {}),
    ...(tail === -1 ? {} : { tailLines: String(tail) }),
  };
}

async function sourcesOf(kubectl: Invocation, options: LogOptions, container: string): Promise<readonly LogSource[]> {
  const pods = options.selector ? await selectedPods(kubectl, options.selector) : await namedPods(kubectl, options);
  const sources: LogSource[] = [];
  for (const pod of pods) sources.push(...(await podSources(kubectl, pod, container, options)));
  return sources;
}

async function selectedPods(kubectl: Invocation, labelSelector: string): Promise<readonly Pod[]> {
  const list = await kubectl.api.get(`/api/v1/namespaces/${kubectl.namespace}/pods`, { labelSelector });
  const pods = list.items as unknown as readonly Pod[];
  if (pods.length === 0) await kubectl.error(`No resources found in ${kubectl.namespace} namespace.\n`);
  return pods;
}

async function namedPods(kubectl: Invocation, options: LogOptions): Promise<readonly Pod[]> {
  const info = await target(kubectl);
  if (info.object.kind === 'Pod') return [info.object as unknown as Pod];
  const first = await podFor(kubectl, info, options['pod-running-timeout']);
  const all = preferredFirst(await podsOf(kubectl, info.object));
  if (all.length > 1 && options['all-pods']) return all;
  if (all.length > 1) await kubectl.error(`Found ${all.length} pods, using pod/${first.metadata?.name}\n`);
  return [first];
}

async function target(kubectl: Invocation): Promise<Info> {
  try {
    return await targetObject(kubectl, kubectl.args[0] ?? '');
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
    throw new UsageError(`error: error from server (NotFound): ${messageOf(error)} in namespace ${JSON.stringify(kubectl.namespace)}`);
  }
}

async function podSources(kubectl: Invocation, pod: Pod, container: string, options: LogOptions): Promise<LogSource[]> {
  const at = (name: string): LogSource => ({ namespace: pod.metadata?.namespace ?? '', pod: pod.metadata?.name ?? '', container: name });
  if (options['all-containers']) {
    const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {};
    return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => at(name ?? ''));
  }
  if (container && !findContainer(pod, container)) {
    throw new UsageError(`container ${container} is not valid for pod ${pod.metadata?.name} out of: ${allContainerNames(pod)}`);
  }
  return [at(container || (await containerOrDefault(kubectl, pod, '', options['all-pods'])))];
}
