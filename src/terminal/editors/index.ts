import type { Command } from '../define-command.ts';
import { vi } from './vi/vi.ts';

export const editors: readonly Command[] = [vi];
