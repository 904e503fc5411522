import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { Mapping } from '../../client/discovery.ts';
import type { Invocation } from '../../invocation.ts';
import type { Writer } from './writer.ts';

/** Where a describer looks for what the object itself does not say. */
export interface Look {
  readonly kubectl: Invocation;
  readonly mapping: Mapping;
  readonly now: number;
  readonly showEvents: boolean;
}

/** Writes everything but the events, which follow by themselves unless `events` says otherwise. */
export interface Describer<T = never> {
  readonly kind: string;
  readonly group: string;
  readonly events?: false | 'own';
  describe(w: Writer, object: T, look: Look): void | Promise<void>;
}

export type AnyDescriber = Describer<KubeObject>;

export const defineDescriber = <T>(describer: Describer<T>): AnyDescriber => describer as unknown as AnyDescriber;
