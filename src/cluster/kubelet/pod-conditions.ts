import type { Pod, PodCondition } from '../../api/schema/generated/types.ts';
import type { ContainerSlot } from './container-slot.ts';
import type { PodPhase } from './pod-phase.ts';

export interface ConditionFacts {
  readonly pod: Pod;
  readonly slots: readonly ContainerSlot[];
  readonly phase: PodPhase;
  readonly sandboxReady: boolean;
  readonly now: string;
}

const OWNED = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

interface Verdict {
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

/** The kubelet's own conditions in its order, then those that others set. */
export function conditionsOf(facts: ConditionFacts): PodCondition[] {
  const { pod } = facts;
  const containersReady = containersVerdict(facts);
  const verdicts: readonly [string, Verdict][] = [
    ['PodReadyToStartContainers', { status: facts.sandboxReady ? 'True' : 'False' }],
    ['Initialized', initializedVerdict(facts)],
    ['Ready', containersReady.status === 'True' ? gatesVerdict(pod) : containersReady],
    ['ContainersReady', containersReady],
    ['PodScheduled', { status: 'True' }],
  ];
  const others = (pod.status?.conditions ?? []).filter((c) => !OWNED.includes(c.type));
  return [...verdicts.map(([type, verdict]) => condition(type, verdict, facts)), ...others];
}

function condition(type: string, { status, reason, message }: Verdict, { pod, now }: ConditionFacts): PodCondition {
  const old = pod.status?.conditions?.find((c) => c.type === type);
  return {
    lastProbeTime: null as unknown as string,
    lastTransitionTime: old?.status === status && old.lastTransitionTime ? old.lastTransitionTime : now,
    ...(message ? { message } : {}),
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    ...(reason ? { reason } : {}),
    status,
    type,
  };
}

function containersVerdict({ slots, phase }: ConditionFacts): Verdict {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const unready = slots.filter((s) => (s.role === 'main' || s.role === 'sidecar') && !(s.running && s.ready)).map((s) => s.name);
  if (unready.length === 0) return { status: 'True' };
  return { status: 'False', reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
}

function initializedVerdict({ slots, phase }: ConditionFacts): Verdict {
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' };
  if (slots.some((s) => s.role === 'main' && (s.running || s.lastState.terminated || s.state.terminated))) return { status: 'True' };
  const incomplete = slots.filter((s) => (s.role === 'init' && s.state.terminated?.exitCode !== 0) || (s.role === 'sidecar' && !s.started));
  if (incomplete.length === 0) return { status: 'True' };
  const message = `containers with incomplete status: [${incomplete.map((s) => s.name).join(' ')}]`;
  return { status: 'False', reason: 'ContainersNotInitialized', message };
}

function gatesVerdict(pod: Pod): Verdict {
  const messages = (pod.spec?.readinessGates ?? []).flatMap(({ conditionType }) => {
    const found = pod.status?.conditions?.find((c) => c.type === conditionType);
    if (!found) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    return found.status === 'True' ? [] : [`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`];
  });
  return messages.length === 0 ? { status: 'True' } : { status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', ') };
}
