import { CelError } from '../../../api/cel/index.ts';
import type { PolicyPrograms } from '../../../api/kinds/admission/policy-programs.ts';
import type { PolicyActivation } from './activation.ts';

/** One condition that does not hold decides; errors count only where none does. */
export function meetsConditions({ conditions }: PolicyPrograms, activation: PolicyActivation): boolean {
  const problems: CelError[] = [];
  for (const condition of conditions) {
    try {
      if (activation.evaluate(condition) === false) return false;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      problems.push(error);
    }
  }
  if (problems.length === 0) return true;
  const messages = [...new Set(problems.map(({ message }) => message))];
  throw new CelError(messages.length === 1 ? messages[0] : `[${messages.join(', ')}]`);
}
