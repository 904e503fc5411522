import type { WatchEvent, WatchStream } from '../../../api/client/transport.ts';
import { apiVersionOf, type KubeObject } from '../../../api/machinery/object.ts';
import { badRequest, StatusError } from '../../../api/machinery/status-error.ts';
import type { Timer } from '../../../clock/index.ts';
import type { Change } from '../../store/index.ts';
import type { ResourceRequest, ServerContext } from '../context.ts';
import { fromStorage } from '../conversion.ts';
import { type Selection, selection } from '../list-selection.ts';
import { integerValue, isTrue, queryValue } from '../request-info.ts';

const BOOKMARK_EVERY = 60_000;
const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

/** How a watch shows an object: as it is, as a row of a Table, or as its metadata alone. */
export type Present = (object: KubeObject, first: boolean) => KubeObject;

export function openWatch(context: ServerContext, rr: ResourceRequest, present: Present): WatchStream {
  const { request } = rr;
  const matches = selection(rr);
  const from = startRevision(queryValue(request, 'resourceVersion'));
  const initial = isTrue(queryValue(request, 'sendInitialEvents'));
  const timeout = queryValue(request, 'timeoutSeconds') === '' ? 0 : (integerValue(request, 'timeoutSeconds') ?? 0);
  return new ResourceWatch(context, rr, { matches, present, from, initial, timeout, bookmarks: isTrue(queryValue(request, 'allowWatchBookmarks')) });
}

function startRevision(text: string | undefined): number {
  if (!text || text === '0') return 0;
  if (!/^\d+$/.test(text))
    throw badRequest(`Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

interface WatchOptions {
  readonly matches: Selection;
  readonly present: Present;
  readonly from: number;
  readonly initial: boolean;
  readonly bookmarks: boolean;
  readonly timeout: number;
}

class ResourceWatch implements WatchStream {
  readonly #context: ServerContext;
  readonly #rr: ResourceRequest;
  readonly #options: WatchOptions;
  #stopWatching: (() => void) | undefined;
  #timeout: Timer | undefined;
  #nextBookmark: Timer | undefined;
  #sent = false;
  #ended = false;
  #onEvent: (event: WatchEvent) => void = () => undefined;
  #onEnd: () => void = () => undefined;

  constructor(context: ServerContext, rr: ResourceRequest, options: WatchOptions) {
    this.#context = context;
    this.#rr = rr;
    this.#options = options;
  }

  listen(onEvent: (event: WatchEvent) => void, onEnd: () => void): void {
    if (this.#ended) {
      onEnd();
      return;
    }
    this.#onEvent = onEvent;
    this.#onEnd = onEnd;
    const { signal } = this.#rr.request;
    if (signal?.aborted) {
      this.stop();
      return;
    }
    signal?.addEventListener('abort', () => this.stop(), { once: true });
    if (!this.#replay()) return;
    const { store } = this.#context;
    const { resource } = this.#rr;
    this.#stopWatching = store.watch(resource.bucket, { namespace: this.#namespace(), onChange: (change) => this.#tell(change) });
    this.#startTimers();
  }

  stop(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopWatching?.();
    this.#timeout?.cancel();
    this.#nextBookmark?.cancel();
    this.#onEnd();
  }

  #namespace(): string | undefined {
    const { resource, info } = this.#rr;
    return resource.namespaced && info.namespace ? info.namespace : undefined;
  }

  /** Sends what came before; false when the watch ended because too much of that is forgotten. */
  #replay(): boolean {
    const { store } = this.#context;
    const { from, initial } = this.#options;
    if (initial || from === 0) {
      for (const object of store.list(this.#rr.resource.bucket, this.#namespace())) {
        if (this.#options.matches(object)) this.#send('ADDED', object);
      }
      if (initial) this.#bookmark(true);
      return !this.#ended;
    }
    const changes = store.changesSince(this.#rr.resource.bucket, from);
    if (!changes) {
      this.#onEvent({ type: 'ERROR', object: expired(from, store.revision) });
      this.stop();
      return false;
    }
    const namespace = this.#namespace();
    for (const change of changes) if (namespace === undefined || change.object.metadata.namespace === namespace) this.#tell(change);
    return !this.#ended;
  }

  /** An object that starts or ceases to match is told as added or deleted. */
  #tell({ type, object, old }: Change): void {
    const { matches } = this.#options;
    const before = old !== undefined && matches(old);
    const after = type !== 'DELETED' && matches(object);
    if (before && after) this.#send('MODIFIED', object);
    else if (after) this.#send('ADDED', object);
    else if (before && old) this.#send('DELETED', type === 'DELETED' ? object : restamped(old, object));
  }

  #send(type: WatchEvent['type'], object: KubeObject): void {
    if (this.#ended) return;
    const first = !this.#sent;
    this.#sent = true;
    this.#onEvent({ type, object: this.#options.present(fromStorage(object, this.#rr.resource), first) });
  }

  #bookmark(initialEnd = false): void {
    if (this.#ended) return;
    const { resource } = this.#rr;
    const resourceVersion = String(this.#context.store.revision);
    const annotations = initialEnd ? { annotations: { [INITIAL_EVENTS_END]: 'true' } } : {};
    this.#onEvent({
      type: 'BOOKMARK',
      object: { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata: { resourceVersion, ...annotations } },
    });
  }

  #startTimers(): void {
    const { clock } = this.#context;
    const { bookmarks, timeout } = this.#options;
    if (timeout > 0) this.#timeout = clock.after(timeout * 1000, () => this.stop(), { background: true });
    const again = () => {
      this.#nextBookmark = clock.after(
        BOOKMARK_EVERY,
        () => {
          this.#bookmark();
          if (!this.#ended) again();
        },
        { background: true },
      );
    };
    if (bookmarks) again();
  }
}

const restamped = (old: KubeObject, now: KubeObject): KubeObject => ({
  ...old,
  metadata: { ...old.metadata, resourceVersion: now.metadata.resourceVersion ?? '' },
});

function expired(from: number, current: number): KubeObject {
  const { status } = new StatusError({ code: 410, reason: 'Expired', message: `too old resource version: ${from} (${current})` });
  return { ...status, apiVersion: 'v1', kind: 'Status', metadata: {} };
}
