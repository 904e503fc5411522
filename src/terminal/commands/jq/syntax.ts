export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Filter =
  | { readonly kind: 'identity' | 'recurse' | 'empty-object' }
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'format'; readonly name: string }
  | { readonly kind: 'string'; readonly parts: readonly (string | Filter)[]; readonly format: string | undefined }
  | { readonly kind: 'index'; readonly of: Filter; readonly key: Filter }
  | { readonly kind: 'slice'; readonly of: Filter; readonly from: Filter | undefined; readonly to: Filter | undefined }
  | { readonly kind: 'iterate'; readonly of: Filter }
  | { readonly kind: 'try'; readonly body: Filter; readonly handler: Filter | undefined }
  | { readonly kind: 'pipe' | 'comma'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'negate'; readonly body: Filter }
  | { readonly kind: 'assign'; readonly operator: string; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'array'; readonly body: Filter | undefined }
  | { readonly kind: 'object'; readonly entries: readonly { readonly key: Filter; readonly value: Filter }[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Filter[] }
  | { readonly kind: 'if'; readonly condition: Filter; readonly then: Filter; readonly otherwise: Filter | undefined }
  | { readonly kind: 'reduce'; readonly source: Filter; readonly pattern: Pattern; readonly initial: Filter; readonly update: Filter }
  | {
      readonly kind: 'foreach';
      readonly source: Filter;
      readonly pattern: Pattern;
      readonly initial: Filter;
      readonly update: Filter;
      readonly extract: Filter | undefined;
    }
  | { readonly kind: 'bind'; readonly source: Filter; readonly pattern: Pattern; readonly body: Filter }
  | { readonly kind: 'define'; readonly name: string; readonly params: readonly string[]; readonly body: Filter; readonly rest: Filter };

export type Pattern =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Pattern[] }
  | { readonly kind: 'object'; readonly entries: readonly { readonly key: Filter; readonly pattern: Pattern }[] };

export class JqSyntaxError extends Error {
  override readonly name = 'JqSyntaxError';
}

/** An error a filter raises; `value` is what `catch` sees. */
export class JqError extends Error {
  override readonly name = 'JqError';
  readonly value: Json;

  constructor(value: Json) {
    super(typeof value === 'string' ? value : `${JSON.stringify(value)} (not a string)`);
    this.value = value;
  }
}
