import { createApiClient } from '../../api/client/create-api-client.ts';
import { createInformers, type RunningInformers } from '../../api/client/create-informers.ts';
import { createEventRecorder } from '../../api/client/event-recorder.ts';
import { ConnectionError, type Transport } from '../../api/client/transport.ts';
import { WorkQueue } from '../../api/client/work-queue.ts';
import type { Clock } from '../../clock/index.ts';
import type { ControllerContext, ControllerDefinition } from './define-controller.ts';
import { controllersFor } from './index.ts';
import type { ControllerSettings } from './settings.ts';

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

export interface ControllerManagerOptions {
  readonly clock: Clock;
  readonly transport: (user: User) => Transport;
  readonly settings?: ControllerSettings;
  /** All of them unless given. */
  readonly controllers?: readonly ControllerDefinition[];
  /** One line per failed reconcile, as the log would have it. */
  readonly log?: (line: string) => void;
}

export interface ControllerManager {
  stop(): void;
}

const AUTHENTICATED = 'system:authenticated';
const MANAGER: User = { name: 'system:kube-controller-manager', groups: [AUTHENTICATED] };
const USER_AGENT = 'kube-controller-manager/v1.36.2 (linux/amd64) kubernetes/1aec2b4';

const serviceAccount = (name: string): User => ({
  name: `system:serviceaccount:kube-system:${name}`,
  groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', AUTHENTICATED],
});

/** Starts every controller; each acts as its own ServiceAccount, all share one set of caches. */
export function startControllerManager(options: ControllerManagerOptions): ControllerManager {
  const { clock, transport, settings = {}, controllers = controllersFor(settings), log } = options;
  const informers = createInformers({ api: createApiClient(transport(MANAGER), { userAgent: USER_AGENT }), clock });
  const queues = controllers.map((definition) => {
    const through = transport(serviceAccount(definition.serviceAccount ?? definition.name));
    return startController(definition, { clock, informers, transport: through, log });
  });
  return {
    stop: () => {
      for (const queue of queues) queue.stop();
      informers.stop();
    },
  };
}

interface Surroundings {
  readonly clock: Clock;
  readonly informers: RunningInformers;
  readonly transport: Transport;
  readonly log: ((line: string) => void) | undefined;
}

function startController(definition: ControllerDefinition, { clock, informers, transport, log }: Surroundings): WorkQueue {
  const api = createApiClient(transport, { userAgent: USER_AGENT });
  const recorder = createEventRecorder({ api, clock, component: definition.eventSource ?? definition.name });
  const context: ControllerContext = {
    api,
    informers,
    clock,
    transport,
    event: (about, type, reason, message) => recorder.event(about, type, reason, message),
    requeueAfter: (key, ms, options) => queue.addAfter(key, ms, options),
  };
  const watched = definition.watches.map((watch) => informers.for(watch));
  const synced = Promise.all(watched.map(({ whenSynced }) => whenSynced));
  const queue = new WorkQueue({
    clock,
    work: async (key) => {
      await synced;
      await definition.reconcile(key, context);
    },
    onError: (key, error) => log?.(logLine(definition.name, key, error)),
    ...(definition.backOff ? { backOff: definition.backOff } : {}),
  });
  for (const [i, { keys }] of definition.watches.entries()) {
    const addKeys = (now: Parameters<typeof keys>[0], old: Parameters<typeof keys>[1]) => {
      for (const key of keys(now, old, informers)) queue.add(key);
    };
    for (const object of watched[i]?.list() ?? []) addKeys(object, undefined);
    watched[i]?.onChange((now, old) => {
      if (now) addKeys(now, old);
      else if (old) addKeys(old, undefined);
    });
  }
  definition.start?.(context);
  return queue;
}

function logLine(controller: string, key: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && !(error instanceof ConnectionError) && error.name !== 'StatusError' ? `\n${error.stack ?? ''}` : '';
  return `"Unhandled Error" err="syncing ${controller} ${JSON.stringify(key)}: ${message}"${stack}`;
}
