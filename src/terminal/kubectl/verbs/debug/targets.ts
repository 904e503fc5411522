import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { Node, Pod } from '../../../../api/schema/generated/types.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { findContainer } from '../../pods/containers.ts';
import type { Info } from '../../resource/selection.ts';
import { differenceOf } from '../../writing/typed-change.ts';
import { typedObject } from '../../writing/typed-object.ts';
import type { DebugOptions } from './debug-flags.ts';
import { copiedPod, nodeDebugPod, type Plan, withEphemeralContainer } from './debug-pods.ts';
import { joinContainer } from './join.ts';

interface Session {
  readonly options: DebugOptions;
  readonly plan: Plan;
  readonly attach: boolean;
}

interface Made {
  readonly pod: Pod;
  /** Empty where there is nothing to attach to. */
  readonly container: string;
}

/** Debugs one pod or node, and stays with it when that was asked for. */
export async function debugTarget(kubectl: Invocation, info: Info, { options, plan, attach }: Session): Promise<void> {
  const { pod, container } = await made(kubectl, info, { options, plan, attach });
  if (attach && container) await joinContainer(kubectl, pod, { ...options, container });
}

async function made(kubectl: Invocation, { object, mapping }: Info, session: Session): Promise<Made> {
  if (object.kind === 'Node') return onNode(kubectl, object as unknown as Node, session);
  if (object.kind !== 'Pod') throw new UsageError(`"${mapping.group}/${mapping.version}, Kind=${mapping.kind}" not supported by debug`);
  return session.plan['copy-to'] ? byCopy(kubectl, object, session) : byEphemeralContainer(kubectl, object, session);
}

async function onNode(kubectl: Invocation, node: Node, { options, plan }: Session): Promise<Made> {
  const container = options.container || 'debugger';
  const nodeName = node.metadata?.name ?? '';
  const name = `node-debugger-${nodeName}-${suffix(kubectl)}`;
  if (!options.quiet) await kubectl.print(`Creating debugging pod ${name} with container ${container} on node ${nodeName}.\n`);
  return { pod: await created(kubectl, nodeDebugPod(node, name, container, plan), kubectl.namespace), container };
}

async function byEphemeralContainer(kubectl: Invocation, object: KubeObject, { options, plan }: Session): Promise<Made> {
  const pod = object as unknown as Pod;
  const container = options.container || newName(kubectl, pod);
  if (!options.container) await announceName(kubectl, options, container);
  const changed = withEphemeralContainer(pod, container, plan);
  await warnOfUser(kubectl, changed, container);
  const { patch } = differenceOf(object, changed as unknown as KubeObject);
  const path = `/api/v1/namespaces/${pod.metadata?.namespace ?? kubectl.namespace}/pods/${pod.metadata?.name}/ephemeralcontainers`;
  const result = await kubectl.api.patch(path, 'application/strategic-merge-patch+json', patch);
  return { pod: result as unknown as Pod, container };
}

async function byCopy(kubectl: Invocation, object: KubeObject, { options, plan }: Session): Promise<Made> {
  const pod = object as unknown as Pod;
  const { copy, container } = copiedPod(pod, options.container, (one) => newName(kubectl, one), plan);
  if (container && !options.container) await announceName(kubectl, options, container);
  await warnOfUser(kubectl, copy, container);
  const namespace = pod.metadata?.namespace ?? kubectl.namespace;
  const result = await created(kubectl, copy, namespace);
  if (options.replace) {
    const now = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 };
    await kubectl.api.delete(`/api/v1/namespaces/${namespace}/pods/${pod.metadata?.name}`, now);
  }
  return { pod: result, container };
}

const created = async (kubectl: Invocation, pod: Pod, namespace: string): Promise<Pod> =>
  (await kubectl.api.post(`/api/v1/namespaces/${namespace}/pods`, typedObject(pod))) as unknown as Pod;

const suffix = (kubectl: Invocation): string => kubectl.process.clock.random.fork(`debug ${kubectl.now}`).suffix();

function newName(kubectl: Invocation, pod: Pod): string {
  const random = kubectl.process.clock.random.fork(`debugger ${kubectl.now}`);
  for (;;) {
    const name = `debugger-${random.suffix()}`;
    if (!findContainer(pod, name)) return name;
  }
}

const announceName = async (kubectl: Invocation, { quiet }: DebugOptions, name: string): Promise<void> => {
  if (!quiet) await kubectl.print(`Defaulting debug container name to ${name}.\n`);
};

/** Capabilities are of no use to a user who is not root. */
async function warnOfUser(kubectl: Invocation, pod: Pod, name: string): Promise<void> {
  const security = findContainer(pod, name)?.securityContext;
  if (!pod.spec?.securityContext?.runAsUser || !security || security.runAsUser === 0) return;
  if (!security.privileged && !security.capabilities?.add?.length) return;
  await kubectl.error(
    'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n',
  );
}
