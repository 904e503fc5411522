import type { Command } from '../define-command.ts';
import { su, sudo } from './become.ts';
import { scp } from './scp.ts';
import { ssh } from './ssh.ts';

export type { Neighbour, Neighbours } from './neighbours.ts';

/** Commands that lead to other machines and other users. */
export const remoteCommands: readonly Command[] = [ssh, scp, sudo, su];
