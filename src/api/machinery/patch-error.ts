/** A patch that cannot be read or applied; `message` is upstream's. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
}
