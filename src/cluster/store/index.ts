export type { Watcher } from './bucket.ts';
export { Store, StoreConflict } from './store.ts';
export type { Change } from './watch-log.ts';
