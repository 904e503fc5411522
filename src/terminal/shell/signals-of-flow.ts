import type { SignalName } from '../../machine/index.ts';

/** Leaves or restarts this many loops. */
export class LoopJump extends Error {
  override readonly name = 'LoopJump';
  readonly kind: 'break' | 'continue';
  levels: number;

  constructor(kind: 'break' | 'continue', levels: number) {
    super(kind);
    this.kind = kind;
    this.levels = levels;
  }
}

/** Leaves a function or a sourced file. */
export class Return extends Error {
  override readonly name = 'Return';
  readonly code: number;

  constructor(code: number) {
    super('return');
    this.code = code;
  }
}

/** Leaves the shell. */
export class Leave extends Error {
  override readonly name = 'Leave';
  readonly code: number;

  constructor(code: number) {
    super('exit');
    this.code = code;
  }
}

/** ^C at an interactive shell: back to the prompt. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly signal: SignalName = 'SIGINT';
}

/** A command cannot go on; the message is printed behind the shell's name. `fatal` ends a shell that is not interactive. */
export class ShellFailure extends Error {
  override readonly name = 'ShellFailure';
  readonly code: number;
  readonly fatal: boolean;
  /** Gives up all that was read together with the command, not the command alone. */
  readonly discards: boolean;

  constructor(message: string, { code = 1, fatal = false, discards = false } = {}) {
    super(message);
    this.code = code;
    this.fatal = fatal;
    this.discards = discards;
  }
}
