import type { DeploymentCondition } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import { conditionOf, withConditionLast } from '../workload/conditions.ts';

type Conditions = readonly DeploymentCondition[] | undefined;

export function deploymentCondition(now: number, type: string, status: string, reason: string, message: string): DeploymentCondition {
  const time = isoTime(now);
  return { type, status, lastUpdateTime: time, lastTransitionTime: time, reason, message };
}

export const setCondition = (conditions: Conditions, condition: DeploymentCondition): readonly DeploymentCondition[] =>
  withConditionLast(conditions, condition);

export const progressing = (conditions: Conditions): DeploymentCondition | undefined => conditionOf(conditions, 'Progressing');
