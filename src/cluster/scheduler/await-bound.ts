import type { Informers } from '../../api/client/informer.ts';
import { PersistentVolumeClaims } from '../../api/kinds/resource-types.ts';
import type { Clock } from '../../clock/index.ts';
import type { PersistentVolumeClaim } from '../controllers/objects.ts';
import { isBound } from './pod-volumes.ts';

const LIMIT_MS = 600_000;

/** Waits for claims to be bound, as long as a binding may take. */
export function awaitBound(claims: readonly PersistentVolumeClaim[], informers: Informers, clock: Clock): Promise<void> {
  const cache = informers.for(PersistentVolumeClaims);
  const current = () => claims.map(({ metadata }) => cache.get(metadata.namespace ?? '', metadata.name ?? ''));
  return new Promise((resolve, reject) => {
    const finish = (error?: Error) => {
      unsubscribe();
      timer.cancel();
      if (error) reject(error);
      else resolve();
    };
    const look = () => {
      const states = current();
      const lost = claims.find((_, i) => !states[i]);
      if (lost) finish(new Error(`binding volumes: persistentvolumeclaim "${lost.metadata.name ?? ''}" not found`));
      else if (states.every((claim) => claim && isBound(claim))) finish();
    };
    const unsubscribe = cache.onChange(look);
    const timer = clock.after(LIMIT_MS, () => finish(new Error('binding volumes: context deadline exceeded')), { background: true });
    look();
  });
}
