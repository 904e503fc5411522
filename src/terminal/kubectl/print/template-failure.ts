import { UsageError } from '../errors.ts';

/** Has something to say on standard output before the error. */
export class TemplateFailure extends UsageError {
  readonly output: string;

  constructor(output: string, message: string) {
    super(message);
    this.output = output;
  }
}
