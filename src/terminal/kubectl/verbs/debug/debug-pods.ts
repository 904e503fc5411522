import type { Container, Node, Pod } from '../../../../api/schema/generated/types.ts';
import { UsageError } from '../../errors.ts';
import { findContainer } from '../../pods/containers.ts';
import { changeContainer } from './containers.ts';
import { withCustomProfile } from './custom-profile.ts';
import { type Kept, withProfile } from './profiles.ts';

export interface Plan extends Kept {
  readonly args: readonly string[];
  readonly 'arguments-only': boolean;
  readonly 'copy-to': string;
  readonly env: readonly string[];
  readonly image: string;
  readonly 'image-pull-policy': string;
  readonly 'same-node': boolean;
  readonly 'set-image': readonly string[];
  readonly shareProcesses: boolean | undefined;
  readonly stdin: boolean;
  readonly target: string;
  readonly tty: boolean;
  readonly profile: string;
  readonly custom: Container | undefined;
}

/** The pod with one more ephemeral container. */
export function withEphemeralContainer(pod: Pod, name: string, plan: Plan): Pod {
  const container = { ...newContainer(name, plan), ...(plan.target ? { targetContainerName: plan.target } : {}) };
  const more = { ...pod, spec: { ...pod.spec, ephemeralContainers: [...(pod.spec?.ephemeralContainers ?? []), container] } } as Pod;
  return withCustomProfile(withProfile(more, plan.profile, { style: 'ephemeral', container: name, kept: plan }), name, plan.custom);
}

/** A pod in the node's own namespaces. */
export function nodeDebugPod({ metadata }: Node, name: string, container: string, plan: Plan): Pod {
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
    spec: {
      containers: [newContainer(container, plan)],
      nodeName: metadata?.name ?? '',
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
    },
  };
  return withCustomProfile(withProfile(pod, plan.profile, { style: 'node', container, kept: plan }), container, plan.custom);
}

/** A copy in which a container is changed or added; `nameOf` names a new one. Without a name, only images were changed. */
export function copiedPod(pod: Pod, named: string, nameOf: (copy: Pod) => string, plan: Plan): { copy: Pod; container: string } {
  const copy = plainCopy(pod, plan);
  const existing = findContainer(copy, named);
  if (!existing && !plan.image) {
    if (plan['set-image'].length > 0) return { copy, container: '' };
    throw new UsageError('you must specify image when creating new container');
  }
  const container = named || nameOf(copy);
  const fresh: Container = { name: container, terminationMessagePolicy: 'File' };
  const grown = existing ? copy : { ...copy, spec: { ...copy.spec, containers: [...(copy.spec?.containers ?? []), fresh] } };
  const changed = changeContainer(grown, container, (one) => adapted(one, plan));
  return { copy: withCustomProfile(withProfile(changed, plan.profile, { style: 'copy', container, kept: plan }), container, plan.custom), container };
}

function plainCopy({ metadata, spec }: Pod, plan: Plan): Pod {
  const images = new Map(plan['set-image'].map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const { ephemeralContainers: _, nodeName, ...rest } = spec ?? { containers: [] };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: plan['copy-to'], namespace: metadata?.namespace, annotations: metadata?.annotations, labels: metadata?.labels },
    spec: {
      ...rest,
      ...(plan.shareProcesses === undefined ? {} : { shareProcessNamespace: plan.shareProcesses }),
      ...(plan['same-node'] ? { nodeName } : {}),
      containers: (rest.containers ?? []).map((one) => ({ ...one, image: images.get(one.name ?? '') ?? images.get('*') ?? one.image })),
    },
  };
}

const adapted = (container: Container, plan: Plan): Container => ({
  ...container,
  ...(plan.args.length === 0 ? {} : plan['arguments-only'] ? { args: plan.args } : { command: plan.args, args: undefined }),
  ...(plan.env.length > 0 ? { env: variables(plan) } : {}),
  ...(plan.image ? { image: plan.image } : {}),
  ...(plan['image-pull-policy'] ? { imagePullPolicy: plan['image-pull-policy'] } : {}),
  stdin: plan.stdin || undefined,
  tty: plan.tty || undefined,
});

const newContainer = (name: string, plan: Plan): Container => adapted({ name, terminationMessagePolicy: 'File' }, plan);

const variables = ({ env }: Plan) => env.map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }));
