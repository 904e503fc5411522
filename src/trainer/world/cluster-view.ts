import { createApiClient } from '../../api/client/create-api-client.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import type { Machine } from '../../machine/index.ts';
import { createBuffer, sourceOf } from '../../machine/pipe.ts';
import type { Variables } from '../catalog/variables.ts';
import { type ClusterView, type Origin, subject } from '../grading/index.ts';
import { fetchFrom } from './fetch.ts';
import { matchesLabels, takeSnapshot } from './snapshot.ts';
import type { World } from './world.ts';

/** Looks at a world as a grader may. The objects are those of this moment; see ClusterView. */
export async function viewWorld(world: World, vars: Variables): Promise<ClusterView> {
  const transport = world.cluster.admin();
  const snapshot = await takeSnapshot(transport);
  const client = createApiClient(transport);

  const machineAt = (origin: Origin): Machine | undefined => {
    if ('host' in origin) return machineNamed(origin.host);
    if ('pod' in origin) return world.cluster.container(origin.namespace, origin.pod);
    const pod = running(snapshot.list('Pod', origin.namespace).filter((candidate) => matchesLabels(candidate, origin.labels)));
    return pod ? world.cluster.container(origin.namespace, pod.metadata.name ?? '') : undefined;
  };
  const machineNamed = (name: string) => (name === world.host.hostname || name === 'host' ? world.host : world.cluster.nodes.get(name));

  return {
    vars,
    get: (kind, name, namespace) => subject({ kind, name, ...(namespace ? { namespace } : {}) }, snapshot.get(kind, name, namespace)),
    list: (kind, { namespace, labels } = {}) => snapshot.list(kind, namespace).filter((object) => !labels || matchesLabels(object, labels)),
    events: ({ kind, name, namespace }) =>
      snapshot.list('Event', namespace).filter((event) => {
        const about = event.involvedObject as { kind?: string; name?: string } | undefined;
        return about?.kind === kind && about.name === name;
      }),
    logs: (namespace, pod, options) => readLogs(transport, namespace, pod, options),
    async exec(namespace, target, argv, container) {
      const machine = world.cluster.container(namespace, podOf(snapshot, namespace, target), container);
      return machine ? runOn(machine, argv) : { code: 127, stdout: '', stderr: 'no such container' };
    },
    async request(from, url, options) {
      const machine = machineAt(from);
      return machine ? fetchFrom(machine, url, options) : { ok: false, status: 0, body: '', error: 'the client is not running' };
    },
    canConnect: async (from, host, port) =>
      (await machineAt(from)
        ?.network.connect({ host, port }, { timeout: 2_000 })
        .then(
          () => true,
          () => false,
        )) ?? false,
    resolves: async (from, name) =>
      (await machineAt(from)
        ?.network.resolve(name)
        .catch(() => [])) ?? [],
    async canI(user, verb, resource, { namespace, name, subresource } = {}) {
      const [plural = '', ...group] = resource.split('.');
      const review = await client.create(
        reviews,
        accessReview(user, { verb, resource: plural, group: group.join('.'), namespace, name, subresource }),
      );
      return (review.status as { allowed?: boolean } | undefined)?.allowed === true;
    },
    file: (host, path) => readFile(machineNamed(host), path),
    unit: () => undefined,
  };
}

const reviews = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'subjectaccessreviews',
  kind: 'SubjectAccessReview',
  namespaced: false,
} as const;

function accessReview(user: string, resourceAttributes: Record<string, string | undefined>): KubeObject {
  const [, namespace] = /^system:serviceaccount:([^:]+):/.exec(user) ?? [];
  const groups = ['system:authenticated', ...(namespace ? ['system:serviceaccounts', `system:serviceaccounts:${namespace}`] : [])];
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    metadata: {},
    spec: { user, groups, resourceAttributes: Object.fromEntries(Object.entries(resourceAttributes).filter(([, value]) => value)) },
  };
}

const phaseOf = (pod: KubeObject) => (pod.status as { phase?: string } | undefined)?.phase;
const running = (pods: readonly KubeObject[]) => pods.find((pod) => phaseOf(pod) === 'Running') ?? pods[0];

/** `pod`, or `deployment/x`: the first Running pod that carries the Deployment's labels. */
function podOf(snapshot: Awaited<ReturnType<typeof takeSnapshot>>, namespace: string, target: string): string {
  const [kind, name] = target.includes('/') ? target.split('/') : ['pod', target];
  if (kind === 'pod') return name ?? '';
  const owner = snapshot.get(kind ?? '', name ?? '', namespace);
  const labels = (owner?.spec as { selector?: { matchLabels?: Record<string, string> } } | undefined)?.selector?.matchLabels ?? {};
  const selector = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return running(snapshot.list('Pod', namespace).filter((pod) => selector && matchesLabels(pod, selector)))?.metadata.name ?? '';
}

async function readLogs(
  transport: ReturnType<World['cluster']['admin']>,
  namespace: string,
  pod: string,
  options: { container?: string; previous?: boolean } = {},
) {
  const query = { ...(options.container ? { container: options.container } : {}), ...(options.previous ? { previous: 'true' } : {}) };
  const response = await transport({ method: 'GET', path: `/api/v1/namespaces/${namespace}/pods/${pod}/log`, query });
  if (response.status !== 200) return '';
  if (!response.bytes) return String(response.body ?? '');
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** As `kubectl exec` does: with the user, environment and directory of the container's first process. */
async function runOn(machine: Machine, argv: readonly string[]) {
  const [stdout, stderr] = [createBuffer(), createBuffer()];
  const first = machine.processes.get(1);
  if (!first) return { code: 127, stdout: '', stderr: 'the container is not running' };
  const { credentials, env, cwd } = first;
  try {
    const process = machine.processes.start({ argv, credentials, env: new Map(env), cwd, stdin: sourceOf(''), stdout, stderr });
    const { code } = await process.exited;
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } catch (error) {
    return { code: 127, stdout: '', stderr: error instanceof Error ? error.message : String(error) };
  }
}

function readFile(machine: Machine | undefined, path: string): string | undefined {
  if (!machine?.files.exists(path) || machine.files.stat(path).type !== 'file') return undefined;
  return machine.files.readText(path);
}
