import type { Process, Program } from '../machine/index.ts';

/** A utility. One file per command under commands/, listed in its index. */
export interface CommandDefinition {
  /** First name is the main one; others are the same program (`egrep`). */
  readonly names: readonly string[];
  run(process: Process): number | Promise<number>;
  /** Words that could stand where the cursor is, for tab completion; files are offered where this is absent. */
  complete?(context: CompletionContext): readonly string[] | Promise<readonly string[]>;
}

export interface CompletionContext {
  /** The words before the cursor, the command first; the last one is the word being typed (possibly empty). */
  readonly words: readonly string[];
  /** A process to look around with: its cwd, env, machine and credentials. */
  readonly process: Process;
}

export interface Command extends Program {
  readonly names: readonly string[];
  complete?(context: CompletionContext): readonly string[] | Promise<readonly string[]>;
}

export const defineCommand = (definition: CommandDefinition): Command => ({ ...definition, name: definition.names[0] ?? '' });
