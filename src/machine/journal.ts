/** A machine's log, as journald keeps it. */
export interface Journal {
  write(entry: { unit: string; message: string; priority?: number; pid?: number; identifier?: string }): void;
  read(filter?: { unit?: string; since?: number }): readonly JournalEntry[];
  follow(listener: (entry: JournalEntry) => void): () => void;
}

export interface JournalEntry {
  readonly time: number;
  readonly unit: string;
  readonly identifier: string;
  readonly pid: number;
  /** syslog's: 3 error, 4 warning, 6 info. */
  readonly priority: number;
  readonly message: string;
}
