import type { PodFailurePolicyRule } from '../../../api/schema/generated/types.ts';
import type { Job, Pod } from '../objects.ts';

export interface Verdict {
  /** `Count` where no rule speaks. */
  readonly action: 'FailJob' | 'FailIndex' | 'Ignore' | 'Count';
  readonly message: string;
}

const COUNT: Verdict = { action: 'Count', message: '' };

/** What the job's podFailurePolicy says about one failed pod: the first rule that matches. */
export function judge({ spec }: Job, pod: Pod): Verdict {
  for (const [i, rule] of (spec?.podFailurePolicy?.rules ?? []).entries()) {
    const found = matchExitCode(rule, pod, i) ?? matchCondition(rule, pod, i);
    if (found === undefined) continue;
    const action = rule.action === 'FailJob' || rule.action === 'FailIndex' || rule.action === 'Ignore' ? rule.action : 'Count';
    return { action, message: found };
  }
  return COUNT;
}

const nameOf = ({ metadata }: Pod) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;

function matchExitCode({ onExitCodes, action }: PodFailurePolicyRule, pod: Pod, i: number): string | undefined {
  if (!onExitCodes) return undefined;
  const { containerName, operator, values } = onExitCodes;
  for (const { name, state } of [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]) {
    const code = state?.terminated?.exitCode;
    if (code === undefined || code === 0 || (containerName && containerName !== name)) continue;
    if (values.includes(code) !== (operator === 'In')) continue;
    return `Container ${name} for pod ${nameOf(pod)} failed with exit code ${code} matching ${action} rule at index ${i}`;
  }
  return undefined;
}

function matchCondition({ onPodConditions = [], action }: PodFailurePolicyRule, pod: Pod, i: number): string | undefined {
  for (const { type, status = 'True' } of onPodConditions) {
    if (pod.status?.conditions?.some((c) => c.type === type && c.status === status)) {
      return `Pod ${nameOf(pod)} has condition ${type} matching ${action} rule at index ${i}`;
    }
  }
  return undefined;
}
