import type { Probe } from '../../api/schema/generated/types.ts';
import type { Timer } from '../../clock/index.ts';
import { attemptProbe, type ProbeResult, type ProbeTarget } from './probe-attempt.ts';

export type ProbeKind = 'Startup' | 'Liveness' | 'Readiness';

export interface ProberEvents {
  /** The verdict changed: thresholds were reached. */
  onVerdict(kind: ProbeKind, healthy: boolean): void;
  onFailure(kind: ProbeKind, message: string): void;
}

/** Asks again and again about one container instance, and judges by thresholds. */
export class Prober {
  readonly #kind: ProbeKind;
  readonly #probe: Probe;
  readonly #target: ProbeTarget;
  readonly #events: ProberEvents;
  #timer: Timer | undefined;
  #stopped = false;
  #attempts = 0;
  #streak = { ok: false, length: 0 };
  #verdict: boolean | undefined;

  constructor(kind: ProbeKind, probe: Probe, target: ProbeTarget, events: ProberEvents) {
    this.#kind = kind;
    this.#probe = probe;
    this.#target = target;
    this.#events = events;
    this.#arm((probe.initialDelaySeconds ?? 0) * 1000);
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  /** What has not been decided yet is waited for; the rest goes on behind. */
  #arm(ms: number): void {
    const undecided = this.#verdict !== true && this.#attempts <= (this.#probe.failureThreshold ?? 3);
    this.#timer = this.#target.clock.after(ms, () => void this.#ask(), { background: !undecided });
  }

  async #ask(): Promise<void> {
    const began = this.#target.clock.now();
    const result = await attemptProbe(this.#probe, this.#target);
    if (this.#stopped) return;
    this.#attempts++;
    this.#judge(result);
    if (this.#stopped) return;
    const period = (this.#probe.periodSeconds ?? 10) * 1000;
    this.#arm(Math.max(0, period - (this.#target.clock.now() - began)));
  }

  #judge(result: ProbeResult): void {
    if (!result.ok) {
      const verb = result.error ? 'probe errored and resulted in unknown state' : 'probe failed';
      this.#events.onFailure(this.#kind, `${this.#kind} ${verb}: ${result.output}`);
    }
    this.#streak = this.#streak.ok === result.ok ? { ok: result.ok, length: this.#streak.length + 1 } : { ok: result.ok, length: 1 };
    const threshold = result.ok ? (this.#probe.successThreshold ?? 1) : (this.#probe.failureThreshold ?? 3);
    if (this.#streak.length < threshold || this.#verdict === result.ok) return;
    this.#verdict = result.ok;
    this.#events.onVerdict(this.#kind, result.ok);
  }
}
