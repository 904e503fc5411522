import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isoTime } from '../../../../clock/index.ts';
import { defineVerb } from '../../define-verb.ts';
import { replaced } from '../../writing/pod-template.ts';
import { defineRolloutChange } from './change-rollout.ts';
import { rolloutHistory } from './history.ts';
import { rolloutStatus } from './status.ts';
import { rolloutUndo } from './undo.ts';

const isPaused = ({ spec }: KubeObject): boolean => Boolean((spec as { paused?: boolean } | undefined)?.paused);

const withPaused = (object: KubeObject, paused: boolean): KubeObject => replaced(object, ['spec', 'paused'], () => paused) as KubeObject;

const pause = defineRolloutChange({
  name: 'pause',
  operation: 'paused',
  unchanged: 'already paused',
  help: {
    usage: 'pause RESOURCE',
    short: 'Mark the provided resource as paused',
    long: 'A paused deployment is not rolled out until it is resumed.',
    examples: [['A deployment', 'kubectl rollout pause deployment/nginx']],
  },
  mutate(_kubectl, object) {
    if (object.kind !== 'Deployment') throw new Error('pausing is not supported');
    if (isPaused(object)) throw new Error('is already paused');
    return withPaused(object, true);
  },
});

const resume = defineRolloutChange({
  name: 'resume',
  operation: 'resumed',
  unchanged: 'already resumed',
  help: {
    usage: 'resume RESOURCE',
    short: 'Resume a paused resource',
    examples: [['A paused deployment', 'kubectl rollout resume deployment/nginx']],
  },
  mutate(_kubectl, object) {
    if (object.kind !== 'Deployment') throw new Error('resuming is not supported');
    if (!isPaused(object)) throw new Error('is not paused');
    return withPaused(object, false);
  },
});

const restartedAt = 'kubectl.kubernetes.io/restartedAt';

const restart = defineRolloutChange({
  name: 'restart',
  operation: 'restarted',
  help: {
    usage: 'restart RESOURCE',
    short: 'Restart a resource',
    long: 'Replaces the pods of a workload, as its rollout strategy says.',
    examples: [
      ['A deployment', 'kubectl rollout restart deployment/nginx'],
      ['Those with a label', 'kubectl rollout restart deployment --selector=app=nginx'],
    ],
  },
  mutate(kubectl, object) {
    if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(object.kind)) throw new Error('restarting is not supported');
    if (object.kind === 'Deployment' && isPaused(object)) throw new Error("can't restart paused deployment (run rollout resume first)");
    return replaced(object, ['spec', 'template', 'metadata', 'annotations', restartedAt], () => isoTime(kubectl.now)) as KubeObject;
  },
});

export const rollout = defineVerb({
  name: 'rollout',
  group: 'Deploy Commands',
  flags: {},
  help: {
    usage: 'rollout SUBCOMMAND',
    short: 'Manage the rollout of a resource',
    long: 'Manages rollouts of deployments, daemon sets and stateful sets.',
    examples: [
      ['Back to the version before', 'kubectl rollout undo deployment/abc'],
      ['Status of a daemon set', 'kubectl rollout status daemonset/foo'],
      ['Restart a deployment', 'kubectl rollout restart deployment/abc'],
    ],
  },
  subverbs: [rolloutHistory, pause, resume, rolloutUndo, rolloutStatus, restart],
});
