import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { fileFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Selection, select } from '../../resource/selection.ts';

export const targetFlags = { ...fileFlags, ...selectorFlag };

interface TargetOptions {
  readonly filename: readonly string[];
  readonly kustomize: string;
  readonly recursive: boolean;
  readonly selector: string;
}

export function requireTargets(kubectl: Invocation, { filename, kustomize }: TargetOptions): void {
  if (kubectl.args.length === 0 && filename.length === 0 && !kustomize) throw new UsageError('required resource not specified');
}

export function rolloutTargets(kubectl: Invocation, { filename, kustomize, recursive, selector }: TargetOptions): Promise<Selection> {
  return select(kubectl, { args: kubectl.args, filename, kustomize, recursive, selector, latest: true, allowEmptySelector: true });
}
