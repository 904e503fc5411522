import type { Taint, Toleration } from '../../api/schema/generated/types.ts';

type TaintLike = Pick<Taint, 'key' | 'effect' | 'value'>;

export const tolerates = (tolerations: readonly Toleration[] | undefined, taint: TaintLike): boolean =>
  (tolerations ?? []).some((toleration) => toleratesTaint(toleration, taint));

export function toleratesTaint({ effect, key, operator, value }: Toleration, taint: TaintLike): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  if (operator === 'Lt' || operator === 'Gt') return compares(operator, taint.value ?? '', value ?? '');
  return (value ?? '') === (taint.value ?? '');
}

function compares(operator: 'Lt' | 'Gt', taint: string, toleration: string): boolean {
  if (!/^-?\d+$/.test(taint) || !/^-?\d+$/.test(toleration)) return false;
  return operator === 'Lt' ? BigInt(taint) < BigInt(toleration) : BigInt(taint) > BigInt(toleration);
}

/** The first taint that keeps the pod away, of those that forbid. */
export const untolerated = (taints: readonly Taint[] | undefined, tolerations: readonly Toleration[] | undefined): Taint | undefined =>
  (taints ?? []).find((taint) => taint.effect !== 'PreferNoSchedule' && !tolerates(tolerations, taint));
