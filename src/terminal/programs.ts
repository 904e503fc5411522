import type { Program, Programs } from '../machine/index.ts';
import { commands } from './commands/index.ts';
import { createKubectl } from './kubectl/kubectl.ts';
import { remoteCommands } from './remote/index.ts';
import { bash, sh, test } from './shell/index.ts';

type Named = Program & { readonly names?: readonly string[] };

const byName = (list: readonly Named[]): Programs =>
  new Map(list.flatMap((program) => (program.names ?? [program.name]).map((name) => [name, program] as const)));

const everywhere: readonly Named[] = [bash, sh, test, ...commands, ...remoteCommands];

/** Everything that can be installed on a machine. */
export const programs: Programs = byName([...everywhere, createKubectl()]);

/** What the exam's first host has: a shell and the usual utilities, and nothing of Kubernetes. */
export const basePrograms: Programs = byName(everywhere);
