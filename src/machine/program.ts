import type { Process } from './process.ts';

/** Anything that can be executed: a utility, a shell, kubectl, a container's server. A file whose content is a Program is its executable. */
export interface Program {
  readonly name: string;
  /** Runs to completion; the number is the exit status. Throwing anything but Exit or Killed is a bug. */
  run(process: Process): number | Promise<number>;
}

/** Everything installable on machines, by name: injected into the cluster so that images can name what they contain. */
export type Programs = ReadonlyMap<string, Program>;
