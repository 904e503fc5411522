import type { KindDefinition, StrategyContext, TypedObject } from './define-kind.ts';

interface WithStatus extends TypedObject {
  readonly status?: unknown;
}

type Rules<T extends TypedObject> = Required<Pick<KindDefinition<T>, 'prepareForCreate' | 'prepareForUpdate' | 'subresources'>>;

/** The usual division: a new object starts with `zero`, an update keeps the old status, and /status changes nothing else. */
export function statusRules<T extends WithStatus>(zero: T['status']): Rules<T> {
  const statusOnly = (object: T, old: T): T => ({ ...old, metadata: object.metadata, status: object.status });
  return {
    prepareForCreate: (object) => ({ ...object, status: zero }),
    prepareForUpdate: (object, old, { subresource }: StrategyContext) =>
      subresource === 'status' ? statusOnly(object, old) : withStatusOf(object, old),
    subresources: { status: { prepareForUpdate: statusOnly, validateUpdate: () => [] } },
  };
}

export function withStatusOf<T extends WithStatus>(object: T, old: T): T {
  const { status: _, ...rest } = object;
  return { ...rest, ...(old.status === undefined ? {} : { status: old.status }) } as T;
}
