import { compareQuantities } from '../../machinery/quantity.ts';
import type { Pod, ResourceRequirements } from '../../schema/generated/types.ts';

const COMPUTE = ['cpu', 'memory'] as const;

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

/** Guaranteed: every container limits cpu and memory and asks for just that. BestEffort: none says anything. */
export function qosClass({ spec }: Pod): QosClass {
  const all = spec?.resources ? [spec.resources] : [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map((c) => c.resources ?? {});
  const amounts = ({ requests = {}, limits = {} }: ResourceRequirements) => COMPUTE.flatMap((name) => [requests[name], limits[name]]);
  const isSet = (value: string | undefined) => value !== undefined && compareQuantities(value, '0') > 0;
  if (!all.some((resources) => amounts(resources).some(isSet))) return 'BestEffort';
  return all.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

const isGuaranteed = ({ requests = {}, limits = {} }: ResourceRequirements): boolean =>
  COMPUTE.every((name) => {
    const limit = limits[name];
    if (limit === undefined || compareQuantities(limit, '0') <= 0) return false;
    const request = requests[name];
    return request === undefined || compareQuantities(request, limit) === 0;
  });
