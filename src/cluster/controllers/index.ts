import type { ControllerDefinition } from './define-controller.ts';

/** One line per controller. */
export const controllers: readonly ControllerDefinition[] = [];
