interface AnyCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** The list with one condition set; the time of its transition stays where the status does. */
export function withCondition<T extends AnyCondition>(conditions: readonly T[] | undefined, condition: T): readonly T[] {
  const old = conditions?.find(({ type }) => type === condition.type);
  const kept = old?.status === condition.status && old.lastTransitionTime ? { ...condition, lastTransitionTime: old.lastTransitionTime } : condition;
  if (old) return (conditions ?? []).map((c) => (c.type === condition.type ? kept : c));
  return [...(conditions ?? []), kept];
}

/** Moved to the end, as controllers do that filter a type out and append it again. */
export function withConditionLast<T extends AnyCondition>(conditions: readonly T[] | undefined, condition: T): readonly T[] {
  const old = conditions?.find(({ type }) => type === condition.type);
  if (old && old.status === condition.status && old.reason === condition.reason) return conditions ?? [];
  const time = old?.status === condition.status ? old.lastTransitionTime : undefined;
  return [...withoutCondition(conditions, condition.type), time ? { ...condition, lastTransitionTime: time } : condition];
}

export const withoutCondition = <T extends AnyCondition>(conditions: readonly T[] | undefined, type: string): readonly T[] =>
  (conditions ?? []).filter((c) => c.type !== type);

export const conditionOf = <T extends AnyCondition>(conditions: readonly T[] | undefined, type: string): T | undefined =>
  conditions?.find((c) => c.type === type);
