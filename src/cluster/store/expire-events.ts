import type { Clock } from '../../clock/index.ts';
import type { Store } from './store.ts';

const HOUR_MS = 3_600_000;

/** Forgets each event an hour after it was last written, as the API server's `--event-ttl` has it. One timer serves them all. */
export function expireEvents(store: Store, bucket: string, clock: Clock): void {
  /** Soonest first: a written event goes to the end. */
  const deadlines = new Map<string, { readonly namespace: string; readonly name: string; readonly at: number }>();
  let waiting = false;

  const wait = () => {
    const [next] = deadlines.values();
    if (waiting || !next) return;
    waiting = true;
    clock.after(next.at - clock.now(), sweep, { background: true });
  };
  const sweep = () => {
    waiting = false;
    for (const { namespace, name, at } of [...deadlines.values()]) {
      if (at > clock.now()) break;
      store.delete(bucket, namespace, name);
    }
    wait();
  };

  store.watch(bucket, {
    namespace: undefined,
    onChange: ({ type, object: { metadata } }) => {
      const { namespace = '', name = '' } = metadata;
      const key = `${namespace}/${name}`;
      deadlines.delete(key);
      if (type === 'DELETED') return;
      deadlines.set(key, { namespace, name, at: clock.now() + HOUR_MS });
      wait();
    },
  });
}
