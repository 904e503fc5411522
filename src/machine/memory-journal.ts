import type { Clock } from '../clock/index.ts';
import type { Journal, JournalEntry } from './journal.ts';

const KEPT = 20_000;

export function createJournal(clock: Clock): Journal {
  let entries: JournalEntry[] = [];
  const listeners = new Set<(entry: JournalEntry) => void>();
  return {
    write({ unit, message, priority = 6, pid = 0, identifier = unit.replace(/\.service$/, '') }) {
      const entry = { time: clock.now(), unit, message, priority, pid, identifier };
      entries.push(entry);
      if (entries.length > KEPT) entries = entries.slice(-KEPT / 2);
      for (const listener of [...listeners]) listener(entry);
    },
    read({ unit, since } = {}) {
      return entries.filter((e) => (unit === undefined || e.unit === unit) && (since === undefined || e.time >= since));
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
