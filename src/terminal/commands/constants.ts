import { defineCommand } from '../define-command.ts';

export const trueCommand = defineCommand({ names: ['true'], run: () => 0 });
export const falseCommand = defineCommand({ names: ['false'], run: () => 1 });
