import type { Machine } from '../../../machine/index.ts';

/** Whether this machine's small tools are busybox's, whose output differs. */
export const isBusybox = (machine: Machine): boolean => machine.facilities.get('userland') === 'busybox';
