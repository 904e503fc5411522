import { UsageError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';

export type KustomizationBuilder = (kubectl: Invocation, path: string) => Promise<string>;

let builder: KustomizationBuilder | undefined;

/** Called by the module that knows how to build kustomizations. */
export function setKustomizationBuilder(build: KustomizationBuilder): void {
  builder = build;
}

/** The manifests of a kustomization folder, as one text. */
export async function buildKustomization(kubectl: Invocation, path: string): Promise<string> {
  if (!builder) throw new UsageError('kubeproctor does not simulate kustomizations');
  return builder(kubectl, path);
}
