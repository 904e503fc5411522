import type { Pod } from '../../api/schema/generated/types.ts';
import type { ContainerSlot } from './container-slot.ts';

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** Whether a container that ended with this code is started again. */
export function restarts(pod: Pod, slot: ContainerSlot, exitCode: number): boolean {
  if (slot.role === 'ephemeral') return false;
  for (const rule of slot.spec.restartPolicyRules ?? []) {
    const { operator, values = [] } = rule.exitCodes ?? { operator: '' };
    const hit = values.includes(exitCode) === (operator === 'In');
    if (rule.exitCodes && hit) return rule.action === 'Restart';
  }
  const policy = slot.spec.restartPolicy ?? pod.spec?.restartPolicy ?? 'Always';
  if (slot.role === 'init') return exitCode !== 0 && policy !== 'Never';
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

export interface PhaseQuestion {
  readonly pod: Pod;
  readonly slots: readonly ContainerSlot[];
  /** Its containers will not be restarted any more, whatever the policy. */
  readonly terminal: boolean;
  readonly initialized: boolean;
}

export function phaseOf({ pod, slots, terminal, initialized }: PhaseQuestion): PodPhase {
  const init = slots.filter((s) => s.role === 'init');
  const sidecars = slots.filter((s) => s.role === 'sidecar');
  const main = slots.filter((s) => s.role === 'main');
  if (init.some((s) => (s.exitCode ?? 0) !== 0 && !s.running && !restarts(pod, s, s.exitCode ?? 0))) return 'Failed';
  const pendingInit = init.some((s) => s.running || (s.state.waiting && !s.lastState.terminated));
  const pendingSidecar = sidecars.some((s) => (s.running ? !s.started : s.state.waiting && !s.lastState.terminated));
  const waiting = [...main, ...sidecars].some((s) => s.state.waiting && !s.lastState.terminated);
  if (pendingInit || (pendingSidecar && !initialized) || waiting) return 'Pending';
  if ([...main, ...sidecars].some((s) => s.running)) return 'Running';
  const failed = main.some((s) => s.exitCode !== 0);
  if (!terminal && main.some((s) => restarts(pod, s, s.exitCode ?? 0))) return 'Running';
  return failed ? 'Failed' : 'Succeeded';
}
