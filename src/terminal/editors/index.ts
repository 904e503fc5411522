import type { Command } from '../define-command.ts';
import { nano } from './nano/nano.ts';
import { vi } from './vi/vi.ts';

export const editors: readonly Command[] = [vi, nano];
