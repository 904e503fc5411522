import type { Clock } from '../../clock/index.ts';
import type { KubeObject } from '../machinery/object.ts';
import type { ApiClient, ResourceType } from './api-client.ts';
import type { Informer, Informers } from './informer.ts';
import { InformerCache } from './informer-cache.ts';
import type { WatchEvent, WatchStream } from './transport.ts';

export interface InformersOptions {
  readonly api: ApiClient;
  readonly clock: Clock;
}

/** Shared caches that list and watch for as long as they live. */
export interface RunningInformers extends Informers {
  /** Resolves once every cache asked for so far has had its first listing. */
  whenSynced(): Promise<void>;
  stop(): void;
}

const FIRST_RETRY_MS = 800;
const LAST_RETRY_MS = 30_000;

export function createInformers({ api, clock }: InformersOptions): RunningInformers {
  const reflectors = new Map<string, Reflector<KubeObject>>();
  return {
    for: <T extends KubeObject>(type: ResourceType<T>): Informer<T> => {
      const key = `${type.group}/${type.version}/${type.resource}`;
      let reflector = reflectors.get(key);
      if (!reflector) {
        reflector = new Reflector<KubeObject>(type, api, clock);
        reflectors.set(key, reflector);
        reflector.run();
      }
      return reflector.cache as unknown as Informer<T>;
    },
    whenSynced: async () => {
      await Promise.all([...reflectors.values()].map(({ cache }) => cache.whenSynced));
    },
    stop: () => {
      for (const reflector of reflectors.values()) reflector.stop();
    },
  };
}

/** Keeps one cache current: lists, then watches from there; begins anew when the watch ends or the server cannot be reached. */
class Reflector<T extends KubeObject> {
  readonly cache = new InformerCache<T>();
  #type: ResourceType<T>;
  #api: ApiClient;
  #clock: Clock;
  #watch: WatchStream | undefined;
  #retryMs = FIRST_RETRY_MS;
  #stopped = false;

  constructor(type: ResourceType<T>, api: ApiClient, clock: Clock) {
    this.#type = type;
    this.#api = api;
    this.#clock = clock;
  }

  run(): void {
    this.#listAndWatch().catch(() => this.#retryLater());
  }

  stop(): void {
    this.#stopped = true;
    this.#watch?.stop();
  }

  async #listAndWatch(): Promise<void> {
    if (this.#stopped) return;
    const { items, resourceVersion } = await this.#api.list(this.#type);
    const watch = await this.#api.watch(this.#type, undefined, { resourceVersion });
    if (this.#stopped) return watch.stop();
    this.#retryMs = FIRST_RETRY_MS;
    this.#watch = watch;
    this.cache.replace(items);
    watch.listen(
      (event) => this.#take(event as WatchEvent<T>),
      () => this.#retryLater(),
    );
  }

  #take({ type, object }: WatchEvent<T>): void {
    if (this.#stopped) return;
    if (type === 'ADDED' || type === 'MODIFIED') this.cache.put(object);
    else if (type === 'DELETED') this.cache.remove(object);
    else if (type === 'ERROR') {
      this.#watch?.stop();
      this.#retryLater();
    }
  }

  #retryLater(): void {
    if (this.#stopped) return;
    this.#watch = undefined;
    this.#clock.after(this.#retryMs, () => this.run(), { background: true });
    this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 2);
  }
}
