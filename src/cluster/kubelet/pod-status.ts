import type { Pod, PodStatus } from '../../api/schema/generated/types.ts';
import type { ContainerSlot } from './container-slot.ts';
import { conditionsOf } from './pod-conditions.ts';
import { type PodPhase, phaseOf } from './pod-phase.ts';

export interface StatusFacts {
  readonly pod: Pod;
  readonly slots: readonly ContainerSlot[];
  readonly terminal: boolean;
  readonly startTime: string;
  readonly hostIP: string;
  readonly podIP: string | undefined;
  readonly now: string;
  /** A verdict on the pod itself (evicted, deadline exceeded): it has failed. */
  readonly failure: { reason: string; message: string } | undefined;
}

/** The whole status as the kubelet reports it. */
export function statusOf(facts: StatusFacts): PodStatus {
  const { pod, slots, podIP, hostIP, failure } = facts;
  const initialized = pod.status?.conditions?.some((c) => c.type === 'Initialized' && c.status === 'True') ?? false;
  const over = isOver(pod.status?.phase) ? pod.status?.phase : undefined;
  const settled = failure && slots.every((s) => !s.running) ? 'Failed' : undefined;
  const phase = (over ?? settled ?? phaseOf({ pod, slots, terminal: facts.terminal, initialized })) as PodPhase;
  const sandboxReady = podIP !== undefined && !isOver(phase);
  const of = (...roles: string[]) => slots.filter((s) => roles.includes(s.role)).map((s) => s.status());
  const init = of('init', 'sidecar');
  const ephemeral = of('ephemeral');
  return {
    conditions: conditionsOf({ pod, slots, phase, sandboxReady, now: facts.now }),
    containerStatuses: of('main').sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...(ephemeral.length > 0 ? { ephemeralContainerStatuses: ephemeral } : {}),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(init.length > 0 ? { initContainerStatuses: init } : {}),
    ...(failure ? { message: failure.message } : {}),
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    phase,
    ...(podIP ? { podIP, podIPs: [{ ip: podIP }] } : {}),
    ...(pod.status?.qosClass ? { qosClass: pod.status.qosClass } : {}),
    ...(failure ? { reason: failure.reason } : {}),
    startTime: facts.startTime,
  };
}

export const isOver = (phase: string | undefined): boolean => phase === 'Succeeded' || phase === 'Failed';
