import type { KubeObject } from '../../../api/machinery/object.ts';
import type { Invocation } from '../invocation.ts';
import { watchEvents } from './watch.ts';

export interface Patience {
  /** Milliseconds; 0 waits without end. */
  readonly timeout: number;
  /** Called with the object as it is and then at each change; true ends the wait. */
  done(object: KubeObject, type: string): boolean | Promise<boolean>;
}

/** Waits for one named object; undefined when the time is over. */
export async function watchUntil(
  kubectl: Invocation,
  collection: string,
  name: string,
  { timeout, done }: Patience,
): Promise<KubeObject | undefined> {
  const selector = { fieldSelector: `metadata.name=${name}` };
  const list = await kubectl.api.get(collection, selector);
  const kind = { apiVersion: list.apiVersion, kind: list.kind.replace(/List$/, '') };
  for (const item of list.items as readonly KubeObject[]) if (await done({ ...kind, ...item }, 'ADDED')) return item;
  const over = new AbortController();
  const timer = timeout > 0 ? kubectl.process.clock.after(timeout, () => over.abort()) : undefined;
  const query = { ...selector, resourceVersion: list.metadata.resourceVersion ?? '' };
  const signal = AbortSignal.any([over.signal, kubectl.process.signal]);
  try {
    for await (const { type, object } of watchEvents(kubectl, collection, query, {}, signal)) {
      if (type !== 'BOOKMARK' && (await done(object, type))) return object;
    }
    return undefined;
  } finally {
    timer?.cancel();
  }
}
