/** A kustomization that cannot be built; worded as kustomize does. */
export class KustomizeError extends Error {
  override readonly name = 'KustomizeError';
}

/** Runs a step; its complaint is put behind a prefix. */
export function within<T>(prefix: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof KustomizeError)) throw error;
    throw new KustomizeError(`${prefix}: ${error.message}`);
  }
}
