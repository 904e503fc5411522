import type { KubeObject } from '../../api/machinery/object.ts';

/** One committed change. `object` is what is there now, or for DELETED what was there last, stamped with the deletion's revision. */
export interface Change {
  readonly revision: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  readonly old: KubeObject | undefined;
}

const WINDOW = 4096;

/** The latest changes of one bucket, oldest first; what falls out of the window can no longer be watched from. */
export class WatchLog {
  #changes: Change[] = [];
  #start = 0;
  /** Changes up to this revision are gone. */
  #forgotten = 0;

  get forgotten(): number {
    return this.#forgotten;
  }

  add(change: Change): void {
    this.#changes.push(change);
    if (this.#changes.length - this.#start <= WINDOW) return;
    this.#forgotten = this.#changes[this.#start]?.revision ?? 0;
    this.#start += 1;
    if (this.#start < WINDOW) return;
    this.#changes = this.#changes.slice(this.#start);
    this.#start = 0;
  }

  /** Changes after `revision`. */
  since(revision: number): readonly Change[] {
    let low = this.#start;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#changes[middle]?.revision ?? 0) <= revision) low = middle + 1;
      else high = middle;
    }
    return this.#changes.slice(low);
  }
}
