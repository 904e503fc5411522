export { Store, StoreConflict } from './store.ts';
export type { Change } from './watch-log.ts';
